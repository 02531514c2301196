/*
 * libedit for Swift: fixed-arity functions over its variadic ones, and the two things that must not
 * be Swift code, signal handlers and the wait that no signal can slip past.
 *
 * libedit keeps the buffer, the key maps (emacs and vi) and the kill ring. Opened headless it draws
 * to /dev/null and the caller draws from cedit_text() whenever its read handler is called.
 *
 * One thread owns an editor, and a process has one editor at a time: libedit and the signal flags
 * have static state.
 */
#ifndef CEDIT_H
#define CEDIT_H

#include <stddef.h>
#include <wchar.h>

typedef struct cedit cedit;

/* What a key handler asks libedit to do; the numbers are libedit's own. */
enum cedit_action {
  CEDIT_ACCEPT = 1,    /* the line is done */
  CEDIT_END = 2,       /* end of input */
  CEDIT_REFRESH = 4,   /* text or cursor changed */
  CEDIT_BEEP = 6,      /* the key means nothing here */
  CEDIT_ABORT = 7,     /* give up reading */
  CEDIT_REDISPLAY = 8, /* libedit draws the line anew (not headless) */
};

/* What cedit_wait() saw. */
enum cedit_event {
  CEDIT_TIMEOUT = 0,
  CEDIT_READABLE = 1,
  CEDIT_FAILED = -1,
  CEDIT_INTERRUPTED = -2, /* SIGINT */
  CEDIT_RESIZED = -3,     /* SIGWINCH */
  CEDIT_CONTINUED = -4,   /* SIGCONT */
  CEDIT_TERMINATED = -5,  /* SIGTERM, SIGHUP or SIGQUIT; see cedit_terminating_signal() */
  CEDIT_WOKEN = -6,       /* the wake descriptor is readable */
};

/* A key that is bound to the caller; `key` is its code. Returns a cedit_action. */
typedef int (*cedit_key_handler)(void *context, int key);
/* Gives the next key: 1 and the key, 0 at the end of input, -1 to abort the line. */
typedef int (*cedit_read_handler)(void *context, wchar_t *key);

/* Makes LC_CTYPE the user's, or C.UTF-8 where that is not UTF-8. Before cedit_open(): libedit builds
 * its key maps with iswprint(). */
void cedit_prepare_locale(void);

/* An editor on the descriptors 0, 1 and 2; NULL if there is none to be had. With `headless` nothing
 * is drawn; `read` may be NULL, then libedit reads. */
cedit *cedit_open(const char *program, int headless, void *context, cedit_key_handler key,
                  cedit_read_handler read);
void cedit_close(cedit *editor);

/* Reads a line. Returns 1 and the text, which lives until the next call; 0 at the end of input; -1
 * when it was given up (Ctrl-C without a read handler, or the handler said so). */
int cedit_read_line(cedit *editor, const wchar_t **text, int *count);

/* The text being edited, its length in wide characters, and where the cursor is. Only inside
 * handlers. */
const wchar_t *cedit_text(cedit *editor, int *count, int *cursor);
void cedit_move_cursor(cedit *editor, int by);
void cedit_delete_before_cursor(cedit *editor, int count);
/* 0, or -1 if there is no room. `text` ends with 0. */
int cedit_insert(cedit *editor, const wchar_t *text);

/* Binds a key, written as in editrc(5), to the key handler; `alternate` for vi's command mode. */
void cedit_bind(cedit *editor, const wchar_t *key, int alternate);
void cedit_use_vi(cedit *editor, int on);
int cedit_uses_vi(cedit *editor);
/* Runs one line of an editrc(5) file, `program:` prefixes honoured. 0, or -1 if it is none. */
int cedit_configure(cedit *editor, const char *line);
/* What libedit itself draws before the line (not headless). Copied. */
void cedit_set_prompt(cedit *editor, const wchar_t *prompt);

/* Puts the terminal into the editor's mode again, or out of it. */
void cedit_set_raw(cedit *editor, int on);
/* Tells libedit that the window has another size. */
void cedit_resized(cedit *editor);
/* 0 and the size, or -1 if the descriptor is no terminal. */
int cedit_window_size(int descriptor, int *columns, int *rows);

/* Catches the signals an editor must know, without SA_RESTART; the second call puts the former
 * handlers back. */
void cedit_signals_begin(void);
void cedit_signals_end(void);
/* Waits until the descriptor is readable, a signal came, the wake descriptor (-1 for none) is
 * readable, or the time is over (-1: for ever). Returns a cedit_event. */
int cedit_wait(int descriptor, int wake_descriptor, int timeout_milliseconds);
int cedit_terminating_signal(void);

#endif
