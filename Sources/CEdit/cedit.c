#define _GNU_SOURCE
#include "cedit.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct cedit {
  EditLine *line;
  FILE *sink;
  void *context;
  cedit_key_handler key;
  cedit_read_handler read;
  wchar_t *prompt;
};

/* libedit keeps these pointers. */
static const wchar_t function_name[] = L"kith-key";
static const wchar_t function_help[] = L"A key the program handles";

static struct cedit *owner(EditLine *line) {
  void *data = NULL;
  el_wget(line, EL_CLIENTDATA, &data);
  return data;
}

static unsigned char on_key(EditLine *line, wint_t key) {
  struct cedit *editor = owner(line);
  return (unsigned char)editor->key(editor->context, (int)key);
}

static int on_read(EditLine *line, wchar_t *key) {
  struct cedit *editor = owner(line);
  int result = editor->read(editor->context, key);
  /* libedit gives up the line on -1 with errno set. */
  if (result < 0) errno = EINTR;
  return result;
}

static wchar_t *on_prompt(EditLine *line) {
  static wchar_t none[] = L"";
  struct cedit *editor = owner(line);
  return editor->prompt ? editor->prompt : none;
}

void cedit_prepare_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

cedit *cedit_open(const char *program, int headless, void *context, cedit_key_handler key,
                  cedit_read_handler read) {
  struct cedit *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->context = context;
  editor->key = key;
  editor->read = read;
  if (headless) {
    editor->sink = fopen("/dev/null", "we");
    if (!editor->sink) {
      free(editor);
      return NULL;
    }
  }
  FILE *output = headless ? editor->sink : stdout;
  /* The FILE decides where libedit draws, the descriptor whether it thinks there is a terminal. */
  editor->line = el_init_fd(program, stdin, output, stderr, 0, 1, 2);
  if (!editor->line) {
    if (editor->sink) fclose(editor->sink);
    free(editor);
    return NULL;
  }
  el_wset(editor->line, EL_CLIENTDATA, (void *)editor);
  el_wset(editor->line, EL_SIGNAL, 0);
  el_wset(editor->line, EL_EDITOR, L"emacs");
  el_wset(editor->line, EL_PROMPT, on_prompt);
  el_wset(editor->line, EL_ADDFN, function_name, function_help, on_key);
  if (read) el_wset(editor->line, EL_GETCFN, on_read);
  return editor;
}

void cedit_close(cedit *editor) {
  if (!editor) return;
  el_end(editor->line);
  if (editor->sink) fclose(editor->sink);
  free(editor->prompt);
  free(editor);
}

int cedit_read_line(cedit *editor, const wchar_t **text, int *count) {
  int length = 0;
  errno = 0;
  const wchar_t *line = el_wgets(editor->line, &length);
  if (!line) {
    int given_up = length < 0;
    el_reset(editor->line);
    return given_up ? -1 : 0;
  }
  *text = line;
  *count = length;
  return 1;
}

const wchar_t *cedit_text(cedit *editor, int *count, int *cursor) {
  const LineInfoW *info = el_wline(editor->line);
  *count = (int)(info->lastchar - info->buffer);
  *cursor = (int)(info->cursor - info->buffer);
  return info->buffer;
}

void cedit_move_cursor(cedit *editor, int by) { el_cursor(editor->line, by); }
void cedit_delete_before_cursor(cedit *editor, int count) { el_deletestr(editor->line, count); }
int cedit_insert(cedit *editor, const wchar_t *text) {
  return el_winsertstr(editor->line, text) < 0 ? -1 : 0;
}

void cedit_bind(cedit *editor, const wchar_t *key, int alternate) {
  if (alternate) {
    el_wset(editor->line, EL_BIND, L"-a", key, function_name, NULL);
  } else {
    el_wset(editor->line, EL_BIND, key, function_name, NULL);
  }
}

void cedit_use_vi(cedit *editor, int on) {
  el_wset(editor->line, EL_EDITOR, on ? L"vi" : L"emacs");
}

int cedit_uses_vi(cedit *editor) {
  const wchar_t *mode = NULL;
  el_wget(editor->line, EL_EDITOR, &mode);
  return mode && wcscmp(mode, L"vi") == 0;
}

int cedit_configure(cedit *editor, const char *line) {
  Tokenizer *tokens = tok_init(NULL);
  if (!tokens) return -1;
  int count = 0;
  const char **words = NULL;
  int result = -1;
  if (tok_str(tokens, line, &count, &words) == 0 && count > 0) {
    result = el_parse(editor->line, count, words);
  }
  tok_end(tokens);
  return result;
}

void cedit_set_prompt(cedit *editor, const wchar_t *prompt) {
  free(editor->prompt);
  editor->prompt = wcsdup(prompt);
}

void cedit_set_raw(cedit *editor, int on) { el_wset(editor->line, EL_PREP_TERM, on); }
void cedit_resized(cedit *editor) { el_resize(editor->line); }

int cedit_window_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

/* Signals. */

static volatile sig_atomic_t interrupted, resized, continued, terminated;
static const int signals[] = {SIGINT, SIGWINCH, SIGCONT, SIGTERM, SIGHUP, SIGQUIT};
enum { signal_count = sizeof signals / sizeof signals[0] };
static struct sigaction former[signal_count];
static int active;

static void on_signal(int number) {
  switch (number) {
    case SIGINT: interrupted = 1; break;
    case SIGWINCH: resized = 1; break;
    case SIGCONT: continued = 1; break;
    default: terminated = number; break;
  }
}

void cedit_signals_begin(void) {
  if (active) return;
  active = 1;
  interrupted = resized = continued = terminated = 0;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = on_signal;
  for (int i = 0; i < signal_count; i++) {
    sigaction(signals[i], &action, &former[i]);
    /* What the parent told us to ignore (nohup) stays ignored. */
    if (former[i].sa_handler == SIG_IGN && signals[i] != SIGINT && signals[i] != SIGWINCH) {
      sigaction(signals[i], &former[i], NULL);
    }
  }
}

void cedit_signals_end(void) {
  if (!active) return;
  active = 0;
  for (int i = 0; i < signal_count; i++) sigaction(signals[i], &former[i], NULL);
}

int cedit_terminating_signal(void) { return terminated; }

/* The signals are blocked except inside ppoll(), so that none can come between the look at the flags
 * and the wait. */
int cedit_wait(int descriptor, int wake_descriptor, int timeout_milliseconds) {
  sigset_t block, before;
  sigemptyset(&block);
  for (int i = 0; i < signal_count; i++) sigaddset(&block, signals[i]);
  pthread_sigmask(SIG_BLOCK, &block, &before);
  struct timespec timeout = {timeout_milliseconds / 1000,
                             (long)(timeout_milliseconds % 1000) * 1000000};
  int result;
  for (;;) {
    if (terminated) { result = CEDIT_TERMINATED; break; }
    if (interrupted) { interrupted = 0; result = CEDIT_INTERRUPTED; break; }
    if (resized) { resized = 0; result = CEDIT_RESIZED; break; }
    if (continued) { continued = 0; result = CEDIT_CONTINUED; break; }
    struct pollfd polled[2] = {{descriptor, POLLIN, 0}, {wake_descriptor, POLLIN, 0}};
    int count = ppoll(polled, wake_descriptor >= 0 ? 2 : 1,
                      timeout_milliseconds < 0 ? NULL : &timeout, &before);
    if (count < 0) {
      if (errno == EINTR) continue;
      result = CEDIT_FAILED;
      break;
    }
    if (count == 0) { result = CEDIT_TIMEOUT; break; }
    if (polled[0].revents) { result = CEDIT_READABLE; break; }
    result = CEDIT_WOKEN;
    break;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return result;
}
