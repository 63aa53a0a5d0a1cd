#pragma once
/// The few things zonetop asks of ncurses and of signals, as typed functions: ncurses' own macros and variadics do not
/// import into Swift. One terminal, one thread: only the thread that owns the screen may call these.
#include <stdint.h>

enum zt_kind {
  ZT_NOTHING, ZT_SCALAR, ZT_KEY, ZT_RESIZED, ZT_PASTE_BEGIN, ZT_PASTE_END, ZT_FOCUS_IN, ZT_FOCUS_OUT,
  ZT_PRESS, ZT_RELEASE, ZT_WHEEL_UP, ZT_WHEEL_DOWN,
};

/// Keys as numbers of our own; a function key is ZT_KEY_FUNCTION plus its number.
enum zt_key {
  ZT_KEY_UP, ZT_KEY_DOWN, ZT_KEY_LEFT, ZT_KEY_RIGHT, ZT_KEY_HOME, ZT_KEY_END, ZT_KEY_PAGE_UP, ZT_KEY_PAGE_DOWN,
  ZT_KEY_ENTER, ZT_KEY_BACK_TAB, ZT_KEY_BACKSPACE, ZT_KEY_DELETE, ZT_KEY_INSERT, ZT_KEY_OTHER, ZT_KEY_FUNCTION = 100,
};

struct zt_input {
  enum zt_kind kind;
  uint32_t value;
  int column;
  int row;
};

enum { ZT_BOLD = 1, ZT_DIM = 2, ZT_UNDERLINE = 4, ZT_REVERSE = 8, ZT_ITALIC = 16 };

/// Chooses the locale: 1 when it speaks UTF-8, 0 when only ASCII may be drawn.
int zt_locale(void);
/// Takes over the terminal. 0; 1 when its kind is unknown or cannot place a cursor; 2 when streams cannot be had.
int zt_open(int input, int output);
/// Leaves the alternate screen and gives the modes back; `zt_resume` returns to it.
void zt_suspend(void);
void zt_resume(void);
/// Frees what zt_open made, after zt_suspend.
void zt_close(void);
int zt_colors(void);
int zt_pairs(void);
void zt_pair(int pair, int foreground, int background);
/// Puts one glyph of `count` scalars (at most 5) at a place of the next frame.
void zt_put(int row, int column, const uint32_t *_Nonnull scalars, int count, int attributes, int pair);
/// Sends what changed since the last frame.
void zt_flush(void);
/// Forgets what the terminal shows, so that the next flush draws everything.
void zt_redraw(void);
void zt_resize(int rows, int columns);
/// The next input, or ZT_NOTHING without waiting.
struct zt_input zt_read(void);
/// The window's size; 0 when there is one.
int zt_window(int terminal, int *_Nonnull rows, int *_Nonnull columns);

/// From now on TERM, HUP, INT, QUIT, TSTP, CONT and WINCH arrive as bytes at `pipe`; PIPE is ignored.
void zt_signals_begin(int pipe);
void zt_signals_end(void);
/// Stops the process group as ^Z would; returns when it runs again (or at once where nothing can stop it).
void zt_stop(void);
/// Ends the process as `signal` would have without us.
void zt_die(int signal);
/// While a crash guard stands, a crash gives the terminal its modes and screen back, writes `notice` to `errors`, and
/// only then goes on to whoever handled it before. `notice` is copied, at most 511 bytes.
void zt_guard_begin(int terminal, int errors, const char *_Nonnull notice);
void zt_guard_end(void);
/// Gives the thread that calls it a stack of its own for crashes.
void zt_guard_thread(void);
/// Writes the restoring sequence and the modes that zt_guard_begin found; safe in a signal handler.
void zt_restore(void);
