#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { PASTE_BEGIN = 0x3F00, PASTE_END, FOCUS_IN, FOCUS_OUT };

static SCREEN *screen;
static WINDOW *pad;
static FILE *input_stream, *output_stream;
static int output_file = -1;

int zt_locale(void) {
  const char *chosen = setlocale(LC_CTYPE, "");
  if (chosen && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  if (!chosen) { // Not installed here: what was asked for still tells what the terminal speaks.
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (int index = 0; index < 3 && (!chosen || !*chosen); index++) chosen = getenv(names[index]);
  }
  // Plain "C" says nothing about the terminal; any other character set does.
  int plain = !chosen || !strchr(chosen, '.') || strcasestr(chosen, "utf");
  return plain && setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

static void modes(int on) {
  const char *text = on ? "\033[?2004h\033[?1004h" : "\033[?2004l\033[?1004l";
  if (write(output_file, text, strlen(text)) < 0) return;
}

static void release(void) {
  if (input_stream) fclose(input_stream);
  if (output_stream) fclose(output_stream);
  input_stream = output_stream = NULL;
}

int zt_open(int input, int output) {
  int in = dup(input), out = dup(output);
  input_stream = in < 0 ? NULL : fdopen(in, "r");
  output_stream = out < 0 ? NULL : fdopen(out, "w");
  if (!input_stream || !output_stream) { release(); return 2; }
  screen = newterm(NULL, output_stream, input_stream);
  if (!screen) { release(); return 1; }
  const char *move = tigetstr("cup");
  if (!move || move == (char *)-1) { endwin(); delscreen(screen); screen = NULL; release(); return 1; }
  output_file = output;
  set_escdelay(25);
  raw(); noecho(); nonl(); curs_set(0);
  if (has_colors()) { start_color(); use_default_colors(); }
  pad = newpad(1, 1);
  keypad(pad, TRUE); nodelay(pad, TRUE); meta(pad, TRUE);
  define_key("\033[200~", PASTE_BEGIN);
  define_key("\033[201~", PASTE_END);
  define_key("\033[I", FOCUS_IN);
  define_key("\033[O", FOCUS_OUT);
  mouseinterval(0);
  mousemask(BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
  modes(1);
  return 0;
}

void zt_suspend(void) { modes(0); endwin(); }
void zt_resume(void) { reset_prog_mode(); clearok(curscr, TRUE); doupdate(); curs_set(0); modes(1); }
void zt_close(void) {
  delwin(pad);
  delscreen(screen);
  pad = NULL; screen = NULL;
  release();
}
int zt_colors(void) { return has_colors() ? COLORS : 0; }
int zt_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }
void zt_pair(int pair, int foreground, int background) { init_extended_pair(pair, foreground, background); }

void zt_put(int row, int column, const uint32_t *scalars, int count, int attributes, int pair) {
  wchar_t text[CCHARW_MAX + 1];
  int length = count < CCHARW_MAX ? count : CCHARW_MAX;
  for (int index = 0; index < length; index++) text[index] = (wchar_t)scalars[index];
  text[length] = 0;
  attr_t looks = (attributes & ZT_BOLD ? A_BOLD : 0) | (attributes & ZT_DIM ? A_DIM : 0)
    | (attributes & ZT_UNDERLINE ? A_UNDERLINE : 0) | (attributes & ZT_REVERSE ? A_REVERSE : 0)
    | (attributes & ZT_ITALIC ? A_ITALIC : 0);
  cchar_t cell;
  if (setcchar(&cell, text, looks, 0, &pair) == OK) mvadd_wchnstr(row, column, &cell, 1);
}

void zt_flush(void) { wnoutrefresh(stdscr); doupdate(); }
void zt_redraw(void) { clearok(curscr, TRUE); }
void zt_resize(int rows, int columns) { resizeterm(rows, columns); }

static struct zt_input mouse(void) {
  MEVENT event;
  struct zt_input input = {ZT_NOTHING, 0, 0, 0};
  if (getmouse(&event) != OK) { input.kind = ZT_KEY; input.value = ZT_KEY_OTHER; return input; }
  input.column = event.x; input.row = event.y;
  if (event.bstate & BUTTON1_PRESSED) input.kind = ZT_PRESS;
  else if (event.bstate & BUTTON1_RELEASED) input.kind = ZT_RELEASE;
  else if (event.bstate & BUTTON4_PRESSED) input.kind = ZT_WHEEL_UP;
  else if (event.bstate & BUTTON5_PRESSED) input.kind = ZT_WHEEL_DOWN;
  else { input.kind = ZT_KEY; input.value = ZT_KEY_OTHER; }
  return input;
}

struct zt_input zt_read(void) {
  static const struct { wint_t code; uint32_t key; } keys[] = {
    {KEY_UP, ZT_KEY_UP}, {KEY_DOWN, ZT_KEY_DOWN}, {KEY_LEFT, ZT_KEY_LEFT}, {KEY_RIGHT, ZT_KEY_RIGHT},
    {KEY_HOME, ZT_KEY_HOME}, {KEY_END, ZT_KEY_END}, {KEY_PPAGE, ZT_KEY_PAGE_UP}, {KEY_NPAGE, ZT_KEY_PAGE_DOWN},
    {KEY_ENTER, ZT_KEY_ENTER}, {KEY_BTAB, ZT_KEY_BACK_TAB}, {KEY_BACKSPACE, ZT_KEY_BACKSPACE},
    {KEY_DC, ZT_KEY_DELETE}, {KEY_IC, ZT_KEY_INSERT},
  };
  struct zt_input input = {ZT_NOTHING, 0, 0, 0};
  wint_t code = 0;
  switch (wget_wch(pad, &code)) {
    case ERR: return input;
    case OK: input.kind = ZT_SCALAR; input.value = code; return input;
    default: break;
  }
  switch (code) {
    case KEY_RESIZE: input.kind = ZT_RESIZED; return input;
    case PASTE_BEGIN: input.kind = ZT_PASTE_BEGIN; return input;
    case PASTE_END: input.kind = ZT_PASTE_END; return input;
    case FOCUS_IN: input.kind = ZT_FOCUS_IN; return input;
    case FOCUS_OUT: input.kind = ZT_FOCUS_OUT; return input;
    case KEY_MOUSE: return mouse();
    default: break;
  }
  input.kind = ZT_KEY;
  input.value = code >= KEY_F(0) && code <= KEY_F(24) ? ZT_KEY_FUNCTION + (code - KEY_F(0)) : ZT_KEY_OTHER;
  for (size_t index = 0; index < sizeof keys / sizeof *keys; index++)
    if (keys[index].code == code) input.value = keys[index].key;
  return input;
}

int zt_window(int terminal, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return -1;
  *rows = size.ws_row; *columns = size.ws_col;
  return 0;
}
