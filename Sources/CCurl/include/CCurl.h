#pragma once

#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#if LIBCURL_VERSION_NUM < 0x075000
#error "libcurl 7.80 or newer is needed (Debian 12 and Ubuntu 22.04 have it)"
#endif

// One inline function for each kind of argument, because Swift cannot call variadic functions.

static inline CURLcode curlSetLong(CURL *_Nonnull handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curlSetLarge(CURL *_Nonnull handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curlSetText(CURL *_Nonnull handle, CURLoption option, const char *_Nullable value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curlSetPointer(CURL *_Nonnull handle, CURLoption option, void *_Nullable value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curlSetList(CURL *_Nonnull handle, CURLoption option, struct curl_slist *_Nullable value) {
  return curl_easy_setopt(handle, option, value);
}

/// Copies the bytes.
static inline CURLcode curlSetBlob(
    CURL *_Nonnull handle, CURLoption option, const void *_Nonnull bytes, size_t count) {
  struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
  return curl_easy_setopt(handle, option, &blob);
}

/// For CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION and CURLOPT_READFUNCTION, which share one shape.
static inline CURLcode curlSetDataCallback(
    CURL *_Nonnull handle, CURLoption option, curl_write_callback _Nonnull callback) {
  return curl_easy_setopt(handle, option, callback);
}

static inline CURLcode curlSetConnectedCallback(CURL *_Nonnull handle, curl_prereq_callback _Nonnull callback) {
  return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
}

static inline CURLcode curlAllowOnlyHTTP(CURL *_Nonnull handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

/// Without this, giving up on a name joins the thread that resolves it (before 7.87 there is no way not to).
static inline void curlLeaveResolverBehind(CURL *_Nonnull handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
  curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
#endif
}

static inline int curlPrepareSocket(void *_Nullable context, curl_socket_t socket, curlsocktype purpose) {
  (void)context;
  (void)purpose;
  fcntl(socket, F_SETFD, FD_CLOEXEC);
#ifdef TCP_USER_TIMEOUT
  unsigned int milliseconds = 20000;
  setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
#endif
  return CURL_SOCKOPT_OK;
}

/// Keeps sockets from child processes, and lets the kernel give up on a peer that has been cut off: every stream of
/// an HTTP/2 connection would otherwise wait on a dead one for as long as TCP retransmits (15 minutes).
static inline CURLcode curlGuardSocket(CURL *_Nonnull handle) {
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPIDLE, 15L);
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPINTVL, 5L);
  return curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, curlPrepareSocket);
}

static inline long curlInfoLong(CURL *_Nonnull handle, CURLINFO info) {
  long value = 0;
  curl_easy_getinfo(handle, info, &value);
  return value;
}

/// What CURLOPT_PRIVATE was set to.
static inline void *_Nullable curlContext(CURL *_Nonnull handle) {
  char *context = NULL;
  curl_easy_getinfo(handle, CURLINFO_PRIVATE, &context);
  return context;
}

static inline CURLMcode curlMultiSetLong(CURLM *_Nonnull multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode curlMultiSetSocketCallback(
    CURLM *_Nonnull multi, curl_socket_callback _Nonnull callback, void *_Nonnull context) {
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
}

static inline CURLMcode curlMultiSetTimerCallback(
    CURLM *_Nonnull multi, curl_multi_timer_callback _Nonnull callback, void *_Nonnull context) {
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
}

/// The outcome of one finished transfer, out of libcurl's union; a null handle when there is none.
struct CurlFinished {
  CURL *_Nullable handle;
  CURLcode result;
};

static inline struct CurlFinished curlNextFinished(CURLM *_Nonnull multi) {
  struct CurlFinished finished = {NULL, CURLE_OK};
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &left)) != NULL) {
    if (message->msg != CURLMSG_DONE) continue;
    finished.handle = message->easy_handle;
    finished.result = message->data.result;
    break;
  }
  return finished;
}
