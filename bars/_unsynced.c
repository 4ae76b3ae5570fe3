/* Part of `power`: every write, truncation, sync, rename and new name below POWER_ROOT, in order, into POWER_LOG.
   A record: six 32-bit numbers (kind, length of path, length of second path, length of data, offset low and high),
   the path, the second path, the data. Kinds: 1 write, 2 truncate, 3 sync, 4 rename, 5 unlink, 6 create, 7 mkdir. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static int out = -1;
static char root[PATH_MAX];
static size_t root_length;

static int begun(void) {
  if (out >= 0) return 1;
  const char *log = getenv("POWER_LOG"), *from = getenv("POWER_ROOT");
  if (!log || !from) return 0;
  strncpy(root, from, sizeof root - 1);
  root_length = strlen(root);
  out = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  return out >= 0;
}

static int ours(const char *path) { return begun() && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || !path[root_length]); }

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  return ours(path);
}

static void note(uint32_t kind, const char *path, const char *second, const void *data, uint32_t length, uint64_t at) {
  uint32_t head[6] = {kind, (uint32_t)strlen(path), (uint32_t)strlen(second), length, (uint32_t)at, (uint32_t)(at >> 32)};
  struct iovec parts[4] = {{head, sizeof head}, {(void *)path, head[1]}, {(void *)second, head[2]}, {(void *)data, length}};
  syscall(SYS_writev, out, parts, 4);
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
  char path[PATH_MAX];
  pthread_mutex_lock(&gate);
  ssize_t done = syscall(SYS_pwrite64, fd, data, n, at);
  if (done > 0 && path_of(fd, path)) note(1, path, "", data, (uint32_t)done, (uint64_t)at);
  pthread_mutex_unlock(&gate);
  return done;
}
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return pwrite64(fd, data, n, at); }

ssize_t write(int fd, const void *data, size_t n) {
  char path[PATH_MAX];
  pthread_mutex_lock(&gate);
  int known = fd > 2 && fd != out && path_of(fd, path);
  off_t at = known ? (fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR)) : 0;
  ssize_t done = syscall(SYS_write, fd, data, n);
  if (known && done > 0) note(1, path, "", data, (uint32_t)done, (uint64_t)at);
  pthread_mutex_unlock(&gate);
  return done;
}

int ftruncate64(int fd, off64_t n) {
  char path[PATH_MAX];
  pthread_mutex_lock(&gate);
  int done = (int)syscall(SYS_ftruncate, fd, n);
  if (!done && path_of(fd, path)) note(2, path, "", "", 0, (uint64_t)n);
  pthread_mutex_unlock(&gate);
  return done;
}
int ftruncate(int fd, off_t n) { return ftruncate64(fd, n); }

static int synced(long call, int fd) {
  char path[PATH_MAX];
  pthread_mutex_lock(&gate);
  int known = path_of(fd, path); /* what was written before this moment will lie on the disk */
  int done = (int)syscall(call, fd);
  if (!done && known) note(3, path, "", "", 0, 0);
  pthread_mutex_unlock(&gate);
  return done;
}
int fsync(int fd) { return synced(SYS_fsync, fd); }
int fdatasync(int fd) { return synced(SYS_fdatasync, fd); }

int rename(const char *from, const char *to) {
  pthread_mutex_lock(&gate);
  int done = (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  if (!done && ours(to)) note(4, from, to, "", 0, 0);
  pthread_mutex_unlock(&gate);
  return done;
}

int unlink(const char *path) {
  pthread_mutex_lock(&gate);
  int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (!done && ours(path)) note(5, path, "", "", 0, 0);
  pthread_mutex_unlock(&gate);
  return done;
}

int mkdir(const char *path, mode_t mode) {
  pthread_mutex_lock(&gate);
  int done = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  if (!done && ours(path)) note(7, path, "", "", 0, 0);
  pthread_mutex_unlock(&gate);
  return done;
}

static int opened(int at, const char *path, int flags, mode_t mode) {
  int new = (flags & O_CREAT) && path[0] == '/' && ours(path) && access(path, F_OK) != 0;
  pthread_mutex_lock(&gate);
  int fd = (int)syscall(SYS_openat, at, path, flags, mode);
  if (fd >= 0 && ours(path)) {
    if (new) note(6, path, "", "", 0, 0);
    else if (flags & O_TRUNC) note(2, path, "", "", 0, 0);
  }
  pthread_mutex_unlock(&gate);
  return fd;
}
#define MODE(flags) mode_t mode = 0; if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
