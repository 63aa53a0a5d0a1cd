#include "CCrypto.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

static const EVP_MD *digest(int bits) {
  switch (bits) {
    case 256: return EVP_sha256();
    case 384: return EVP_sha384();
    case 512: return EVP_sha512();
    default: return NULL;
  }
}

int ccrypto_hash(int bits, const uint8_t *data, size_t count, uint8_t *out) {
  const EVP_MD *md = digest(bits);
  return md != NULL && EVP_Digest(data, count, out, NULL, md, NULL) == 1;
}

int ccrypto_hmac(int bits, const uint8_t *key, size_t key_count, const uint8_t *data, size_t count, uint8_t *out) {
  const EVP_MD *md = digest(bits);
  // OpenSSL takes a null key as "the one before": an empty key must have an address.
  static const uint8_t nothing = 0;
  if (md == NULL || key_count > INT_MAX) return 0;
  return HMAC(md, key != NULL ? key : &nothing, (int)key_count, data, count, out, NULL) != NULL;
}

int ccrypto_equal(const uint8_t *left, const uint8_t *right, size_t count) {
  return count == 0 || CRYPTO_memcmp(left, right, count) == 0;
}
