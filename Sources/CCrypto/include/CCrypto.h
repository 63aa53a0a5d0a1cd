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
