#define _GNU_SOURCE
#include "CNcurses.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int told[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
static const int crashes[] = {SIGSEGV, SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGTRAP};
enum { TOLD = sizeof told / sizeof *told, CRASHES = sizeof crashes / sizeof *crashes };

static struct sigaction told_before[TOLD], crash_before[CRASHES];
static volatile sig_atomic_t pipe_file = -1, guarded = 0;
static int terminal_file = -1, error_file = -1;
static struct termios terminal_modes;
static char crash_notice[512];

static void tell(int signal) {
  int kept = errno;
  char byte = (char)signal;
  // A terminal that takes no more bytes holds our thread in a write; even then the process must end.
  if (signal == SIGTERM || signal == SIGHUP || signal == SIGINT || signal == SIGQUIT) alarm(5);
  if (pipe_file >= 0 && write(pipe_file, &byte, 1) < 0) { /* A full pipe wakes the reader as well. */ }
  errno = kept;
}

void zt_signals_begin(int pipe) {
  pipe_file = pipe;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = tell;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < TOLD; index++) sigaction(told[index], &action, &told_before[index]);
  signal(SIGPIPE, SIG_IGN);
}

void zt_signals_end(void) {
  alarm(0);
  for (int index = 0; index < TOLD; index++) sigaction(told[index], &told_before[index], NULL);
  pipe_file = -1;
}

static void by_default(int number) {
  sigset_t set;
  signal(number, SIG_DFL);
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

void zt_stop(void) {
  struct sigaction before;
  sigaction(SIGTSTP, NULL, &before);
  by_default(SIGTSTP);
  // The whole group, as the terminal's driver would: a pipeline or a `make` around us stops with us.
  kill(0, SIGTSTP);
  // The stop reaches all threads, but not at once; until it does this one must not touch the terminal.
  usleep(50000);
  sigaction(SIGTSTP, &before, NULL);
}

void zt_die(int number) {
  by_default(number);
  kill(getpid(), number);
  usleep(200000);
  _exit(128 + number);
}

void zt_restore(void) {
  static const char sequence[] =
    "\033[?1004l\033[?2004l\033[?1006l\033[?1003l\033[?1002l\033[?1000l\033[?1049l\033[?1l\033>\033[?25h\033[0m\r";
  if (terminal_file < 0) return;
  if (write(terminal_file, sequence, sizeof sequence - 1) < 0) { /* A dead terminal needs no restoring. */ }
  tcsetattr(terminal_file, TCSANOW, &terminal_modes);
}

static void crashed(int number, siginfo_t *info, void *context) {
  (void)context;
  if (guarded) {
    guarded = 0;
    zt_restore();
    dup2(terminal_file, 1);
    dup2(error_file, 2);
    if (write(2, crash_notice, strlen(crash_notice)) < 0) { /* Nobody is left to tell. */ }
  }
  for (int index = 0; index < CRASHES; index++)
    if (crashes[index] == number) sigaction(number, &crash_before[index], NULL);
  // A fault happens again on return and goes to the handler before us; a signal that was sent must be sent again.
  if (info->si_code <= 0) raise(number);
}

void zt_guard_thread(void) {
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && !(stack.ss_flags & SS_DISABLE)) return;
  stack.ss_size = 64 * 1024;
  stack.ss_sp = malloc(stack.ss_size);
  stack.ss_flags = 0;
  if (stack.ss_sp) sigaltstack(&stack, NULL);
}

void zt_guard_begin(int terminal, int errors, const char *notice) {
  terminal_file = terminal;
  error_file = errors;
  tcgetattr(terminal, &terminal_modes);
  strncpy(crash_notice, notice, sizeof crash_notice - 1);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = crashed;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < CRASHES; index++) sigaction(crashes[index], &action, &crash_before[index]);
  guarded = 1;
}

void zt_guard_end(void) {
  guarded = 0;
  for (int index = 0; index < CRASHES; index++) sigaction(crashes[index], &crash_before[index], NULL);
  terminal_file = -1;
}
