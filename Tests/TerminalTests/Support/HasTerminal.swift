import Glibc

/// Whether the tests themselves run at a terminal.
let hasTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
