#include <fcntl.h>
#include <linux/stat.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

/* sqlite3_db_config is variadic, which Swift cannot call. */

/* Double-quoted text is never a string, and functions named in a book's own schema must be harmless. */
static inline int kith_sqlite_harden(sqlite3 *database) {
  int status = sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
  if (status == SQLITE_OK)
    status = sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
  if (status == SQLITE_OK)
    status = sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
  return status;
}

/* Whether triggers run for what this connection writes. */
static inline int kith_sqlite_fire_triggers(sqlite3 *database, int on) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, on, (int *)0);
}

/* The text is copied before the call returns. */
static inline int kith_sqlite_bind_copied_text(
    sqlite3_stmt *statement, int index, const char *text, int length) {
  return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}

/* The text must stay where it is until the statement is reset or bound anew. */
static inline int kith_sqlite_bind_lasting_text(
    sqlite3_stmt *statement, int index, const char *text, int length) {
  return sqlite3_bind_text(statement, index, text, length, SQLITE_STATIC);
}

/* Counting allocations takes a lock for each; nobody asks for the count. Works only before the first
   connection, and is harmless after it. */
static inline int kith_sqlite_stop_counting(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* The number of a file and the moment it was made, in nanoseconds; -1 where the system does not tell.
   glibc declares statx only for programs that ask for its extensions, hence the bare call. */
static inline int kith_file_identity(const char *path, long long *inode, long long *born) {
  struct statx found;
  if (syscall(SYS_statx, AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &found) != 0) return -1;
  if ((found.stx_mask & (STATX_INO | STATX_BTIME)) != (STATX_INO | STATX_BTIME)) return -1;
  *inode = (long long)found.stx_ino;
  *born = (long long)found.stx_btime.tv_sec * 1000000000LL + found.stx_btime.tv_nsec;
  return 0;
}
