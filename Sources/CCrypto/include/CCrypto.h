#pragma once
#include <stddef.h>
#include <stdint.h>

// The few functions of OpenSSL 3's libcrypto that zonetop uses, without OpenSSL's own headers, so that Swift sees nothing else.

/// Writes the SHA-2 hash with `bits` bits (256, 384 or 512) to `out` (bits / 8 bytes); 1 on success.
int ccrypto_hash(int bits, const uint8_t *_Nullable data, size_t count, uint8_t *_Nonnull out);

/// Writes the HMAC over SHA-2 with `bits` bits to `out` (bits / 8 bytes); 1 on success.
int ccrypto_hmac(
  int bits, const uint8_t *_Nullable key, size_t key_count, const uint8_t *_Nullable data, size_t count,
  uint8_t *_Nonnull out);

/// Whether two areas of the same size hold the same bytes, in a time that depends on the size alone.
int ccrypto_equal(const uint8_t *_Nullable left, const uint8_t *_Nullable right, size_t count);

// Certificates (X.509). Text that a function hands out through `out` is PEM or lines, ends with a zero and belongs to the
// caller, who frees it with ccrypto_free.

/// Frees text that one of the functions below handed out, after overwriting it: it may hold a key.
void ccrypto_free(char *_Nullable text);

/// Makes a new private key on the curve P-256 and writes it as PEM (PKCS #8); 1 on success.
int ccrypto_key_new(char *_Nullable *_Nonnull out);

/// What a certificate is to say. Times are seconds since 1970.
typedef struct {
  const char *_Nonnull common_name;
  /// The organisations, one a line; empty for none.
  const char *_Nonnull organizations;
  /// OpenSSL's notation: `DNS:localhost,IP:127.0.0.1`; empty for none.
  const char *_Nonnull alternative_names;
  int64_t not_before;
  int64_t not_after;
  /// 0 an authority, 1 a server, 2 a client.
  int purpose;
} ccrypto_request;

/// Issues a certificate for the key `subject_key` and signs it with the issuer's key; without an issuer it signs itself.
/// All keys and certificates are PEM. Writes PEM; 1 on success.
int ccrypto_issue(
  const ccrypto_request *_Nonnull request, const char *_Nonnull subject_key, const char *_Nullable issuer_certificate,
  const char *_Nonnull issuer_key, char *_Nullable *_Nonnull out);

/// Writes what a certificate says as lines `KEY VALUE`, KEY one of CN, O, NOTBEFORE, NOTAFTER, DNS, IP, CA, SERIAL; 1 on success.
/// Control characters in names come out as `?`.
int ccrypto_describe(
  const uint8_t *_Nonnull data, size_t count, int is_pem, char *_Nullable *_Nonnull out);

/// Whether `certificate` (DER) was issued by the authority (PEM), may be shown by clients and is valid at `time` (seconds since 1970).
/// 1 when it is; 0 when it is not, with the reason in `out`.
int ccrypto_verify_client(
  const uint8_t *_Nonnull certificate, size_t count, const char *_Nonnull authority, int64_t time,
  char *_Nullable *_Nonnull out);

/// Whether a private key (PEM) belongs to a certificate (PEM).
int ccrypto_key_matches(const char *_Nonnull key, const char *_Nonnull certificate);

/// Fills an area with bytes that nobody can guess; 1 on success.
int ccrypto_random(uint8_t *_Nonnull out, size_t count);

/// Whether the authority's key signed a certificate (both PEM), whatever the time is.
int ccrypto_was_issued(const char *_Nonnull certificate, const char *_Nonnull authority);

// RSA signatures (RSASSA-PKCS1-v1_5 with SHA-256: "RS256"). Keys are PEM: private ones PKCS #8 or PKCS #1, public ones
// SubjectPublicKeyInfo.

/// How many bits the key has; 0 when it is no RSA key, or cannot be read.
int ccrypto_rsa_bits(const char *_Nonnull key);

/// Writes a signature to `out`, which has room for `capacity` bytes; its size goes to `written`. 1 on success.
int ccrypto_rsa_sign(
  const char *_Nonnull private_key, const uint8_t *_Nullable data, size_t count, uint8_t *_Nonnull out, size_t capacity,
  size_t *_Nonnull written);

/// Whether a signature was made over the data with the private key that belongs to a key, public or private.
int ccrypto_rsa_verify(
  const char *_Nonnull key, const uint8_t *_Nullable data, size_t count, const uint8_t *_Nullable signature,
  size_t signature_count);
