#include "CCrypto.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

// No passphrase is ever asked for at a terminal.
static int no_passphrase(char *buffer, int size, int is_writing, void *context) {
  (void)buffer, (void)size, (void)is_writing, (void)context;
  return 0;
}

typedef EVP_PKEY *reader(BIO *, EVP_PKEY **, pem_password_cb *, void *);

// The RSA key in a PEM text, or NULL.
static EVP_PKEY *rsa_key(const char *pem, reader *read) {
  BIO *bio = BIO_new_mem_buf(pem, -1);
  if (bio == NULL) return NULL;
  EVP_PKEY *key = read(bio, NULL, no_passphrase, NULL);
  BIO_free(bio);
  if (key == NULL || EVP_PKEY_is_a(key, "RSA")) return key;
  EVP_PKEY_free(key);
  return NULL;
}

static EVP_PKEY *any_rsa_key(const char *pem) {
  EVP_PKEY *key = rsa_key(pem, PEM_read_bio_PrivateKey);
  return key != NULL ? key : rsa_key(pem, PEM_read_bio_PUBKEY);
}

int ccrypto_rsa_bits(const char *pem) {
  EVP_PKEY *key = any_rsa_key(pem);
  const int bits = key != NULL ? EVP_PKEY_get_bits(key) : 0;
  EVP_PKEY_free(key);
  ERR_clear_error();
  return bits;
}

int ccrypto_rsa_sign(
  const char *private_key, const uint8_t *data, size_t count, uint8_t *out, size_t capacity, size_t *written) {
  EVP_PKEY *key = rsa_key(private_key, PEM_read_bio_PrivateKey);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  *written = capacity;
  // PKCS #1 v1.5 is what OpenSSL pads RSA signatures with unless told otherwise.
  const int is_done = key != NULL && context != NULL &&
                      EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                      EVP_DigestSign(context, out, written, data, count) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  ERR_clear_error();
  return is_done;
}

int ccrypto_rsa_verify(
  const char *pem, const uint8_t *data, size_t count, const uint8_t *signature, size_t signature_count) {
  EVP_PKEY *key = any_rsa_key(pem);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  const int is_valid = key != NULL && context != NULL &&
                       EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                       EVP_DigestVerify(context, signature, signature_count, data, count) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  ERR_clear_error();
  return is_valid;
}
