#include "CCrypto.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void ccrypto_free(char *text) {
  if (text == NULL) return;
  OPENSSL_cleanse(text, strlen(text));
  free(text);
}

int ccrypto_random(uint8_t *out, size_t count) { return RAND_bytes(out, (int)count) == 1; }

// What a memory BIO holds, as text of the caller's.
static char *taken(BIO *bio) {
  char *data = NULL;
  const long count = BIO_get_mem_data(bio, &data);
  if (count < 0) return NULL;
  char *text = malloc((size_t)count + 1);
  if (text == NULL) return NULL;
  memcpy(text, data, (size_t)count);
  text[count] = 0;
  return text;
}

// No passphrase is ever asked for at a terminal.
static int no_passphrase(char *buffer, int size, int is_writing, void *context) {
  (void)buffer, (void)size, (void)is_writing, (void)context;
  return 0;
}

static EVP_PKEY *read_key(const char *pem) {
  BIO *bio = BIO_new_mem_buf(pem, -1);
  if (bio == NULL) return NULL;
  EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
  BIO_free(bio);
  return key;
}

static X509 *read_certificate(const void *data, size_t count, int is_pem) {
  if (!is_pem) {
    const unsigned char *bytes = data;
    return d2i_X509(NULL, &bytes, (long)count);
  }
  BIO *bio = BIO_new_mem_buf(data, (int)count);
  if (bio == NULL) return NULL;
  X509 *certificate = PEM_read_bio_X509(bio, NULL, no_passphrase, NULL);
  BIO_free(bio);
  return certificate;
}

int ccrypto_key_new(char **out) {
  *out = NULL;
  EVP_PKEY *key = EVP_EC_gen("P-256");
  BIO *bio = BIO_new(BIO_s_secmem());
  if (key != NULL && bio != NULL && PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1)
    *out = taken(bio);
  BIO_free(bio);
  EVP_PKEY_free(key);
  ERR_clear_error();
  return *out != NULL;
}

static int add_name(X509_NAME *name, const char *field, const char *value, size_t count) {
  return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)value, (int)count, -1, 0) == 1;
}

static int set_subject(X509 *certificate, const ccrypto_request *request) {
  X509_NAME *name = X509_get_subject_name(certificate);
  const char *line = request->organizations;
  while (*line != 0) {
    const size_t count = strcspn(line, "\n");
    if (count > 0 && !add_name(name, "O", line, count)) return 0;
    line += count + (line[count] == '\n');
  }
  return add_name(name, "CN", request->common_name, strlen(request->common_name));
}

static int add_extension(X509 *certificate, X509V3_CTX *context, int nid, const char *value) {
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, context, nid, value);
  if (extension == NULL) return 0;
  const int isAdded = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  return isAdded;
}

static int set_extensions(X509 *certificate, X509 *issuer, const ccrypto_request *request) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
  const int isAuthority = request->purpose == 0;
  int isDone = add_extension(
    certificate, &context, NID_basic_constraints, isAuthority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE");
  isDone = isDone && add_extension(
    certificate, &context, NID_key_usage, isAuthority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  isDone = isDone && add_extension(certificate, &context, NID_subject_key_identifier, "hash");
  if (!isAuthority) {
    isDone = isDone && add_extension(certificate, &context, NID_authority_key_identifier, "keyid");
    isDone = isDone && add_extension(
      certificate, &context, NID_ext_key_usage, request->purpose == 1 ? "serverAuth" : "clientAuth");
  }
  if (request->alternative_names[0] != 0)
    isDone = isDone && add_extension(certificate, &context, NID_subject_alt_name, request->alternative_names);
  return isDone;
}

static int set_serial(X509 *certificate) {
  uint8_t bytes[16];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return 0;
  bytes[0] = (bytes[0] & 0x7F) | 0x40;  // positive, and of one length
  BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
  const int isSet = number != NULL && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
  BN_free(number);
  return isSet;
}

int ccrypto_issue(
  const ccrypto_request *request, const char *subject_key, const char *issuer_certificate, const char *issuer_key,
  char **out) {
  *out = NULL;
  EVP_PKEY *subject = read_key(subject_key);
  EVP_PKEY *signer = read_key(issuer_key);
  X509 *issuer =
    issuer_certificate == NULL ? NULL : read_certificate(issuer_certificate, strlen(issuer_certificate), 1);
  X509 *certificate = X509_new();
  BIO *bio = BIO_new(BIO_s_mem());
  if (
    subject != NULL && signer != NULL && certificate != NULL && bio != NULL
    && (issuer_certificate == NULL || issuer != NULL) && X509_set_version(certificate, 2) == 1
    && set_serial(certificate) && ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t)request->not_before) != NULL
    && ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)request->not_after) != NULL
    && set_subject(certificate, request)
    && X509_set_issuer_name(certificate, X509_get_subject_name(issuer != NULL ? issuer : certificate)) == 1
    && X509_set_pubkey(certificate, subject) == 1
    && set_extensions(certificate, issuer != NULL ? issuer : certificate, request)
    && X509_sign(certificate, signer, EVP_sha256()) > 0 && PEM_write_bio_X509(bio, certificate) == 1)
    *out = taken(bio);
  BIO_free(bio);
  X509_free(certificate);
  X509_free(issuer);
  EVP_PKEY_free(signer);
  EVP_PKEY_free(subject);
  ERR_clear_error();
  return *out != NULL;
}

// One line `key value`; what would break the line is not written.
static void write_line(BIO *bio, const char *key, const unsigned char *value, int count) {
  BIO_printf(bio, "%s ", key);
  for (int index = 0; index < count; index++) {
    const unsigned char byte = value[index];
    const char shown = byte < 0x20 || byte == 0x7F ? '?' : (char)byte;
    BIO_write(bio, &shown, 1);
  }
  BIO_write(bio, "\n", 1);
}

static void write_names(BIO *bio, const X509_NAME *name, const char *key, int nid) {
  for (int index = -1; (index = X509_NAME_get_index_by_NID(name, nid, index)) >= 0;) {
    unsigned char *text = NULL;
    const int count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
    if (count >= 0) write_line(bio, key, text, count);
    OPENSSL_free(text);
  }
}

static void write_time(BIO *bio, const char *key, const ASN1_TIME *time) {
  struct tm parts;
  if (ASN1_TIME_to_tm(time, &parts) == 1) BIO_printf(bio, "%s %lld\n", key, (long long)timegm(&parts));
}

static void write_alternatives(BIO *bio, X509 *certificate) {
  GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
  for (int index = 0; index < sk_GENERAL_NAME_num(names); index++) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    if (name->type == GEN_DNS)
      write_line(bio, "DNS", ASN1_STRING_get0_data(name->d.dNSName), ASN1_STRING_length(name->d.dNSName));
    if (name->type == GEN_IPADD) {
      const unsigned char *bytes = ASN1_STRING_get0_data(name->d.iPAddress);
      const int count = ASN1_STRING_length(name->d.iPAddress);
      BIO_printf(bio, "IP ");
      for (int at = 0; at < count; at++) BIO_printf(bio, "%02x", bytes[at]);
      BIO_printf(bio, "\n");
    }
  }
  GENERAL_NAMES_free(names);
}

int ccrypto_describe(const uint8_t *data, size_t count, int is_pem, char **out) {
  *out = NULL;
  X509 *certificate = read_certificate(data, count, is_pem);
  BIO *bio = BIO_new(BIO_s_mem());
  if (certificate != NULL && bio != NULL) {
    const X509_NAME *subject = X509_get_subject_name(certificate);
    write_names(bio, subject, "CN", NID_commonName);
    write_names(bio, subject, "O", NID_organizationName);
    write_time(bio, "NOTBEFORE", X509_get0_notBefore(certificate));
    write_time(bio, "NOTAFTER", X509_get0_notAfter(certificate));
    write_alternatives(bio, certificate);
    BIO_printf(bio, "CA %d\n", X509_check_ca(certificate) > 0);
    BIGNUM *serial = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
    char *digits = serial == NULL ? NULL : BN_bn2hex(serial);
    if (digits != NULL) BIO_printf(bio, "SERIAL %s\n", digits);
    OPENSSL_free(digits);
    BN_free(serial);
    *out = taken(bio);
  }
  BIO_free(bio);
  X509_free(certificate);
  ERR_clear_error();
  return *out != NULL;
}

static int verify(X509 *certificate, X509 *authority, int64_t time, const char **why) {
  X509_STORE *store = X509_STORE_new();
  X509_STORE_CTX *context = X509_STORE_CTX_new();
  int isValid = 0;
  *why = "there is no memory";
  if (
    store != NULL && context != NULL && X509_STORE_add_cert(store, authority) == 1
    && X509_STORE_CTX_init(context, store, certificate, NULL) == 1) {
    X509_STORE_CTX_set_time(context, 0, (time_t)time);
    X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT);
    isValid = X509_verify_cert(context) == 1;
    *why = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context));
  }
  X509_STORE_CTX_free(context);
  X509_STORE_free(store);
  return isValid;
}

int ccrypto_verify_client(
  const uint8_t *certificate, size_t count, const char *authority, int64_t time, char **out) {
  *out = NULL;
  X509 *shown = read_certificate(certificate, count, 0);
  X509 *trusted = read_certificate(authority, strlen(authority), 1);
  const char *why = "it cannot be read";
  const int isValid = shown != NULL && trusted != NULL && verify(shown, trusted, time, &why);
  if (!isValid) *out = strdup(why);
  X509_free(trusted);
  X509_free(shown);
  ERR_clear_error();
  return isValid;
}

int ccrypto_key_matches(const char *key, const char *certificate) {
  EVP_PKEY *own = read_key(key);
  X509 *shown = read_certificate(certificate, strlen(certificate), 1);
  const int isMatch = own != NULL && shown != NULL && X509_check_private_key(shown, own) == 1;
  X509_free(shown);
  EVP_PKEY_free(own);
  ERR_clear_error();
  return isMatch;
}

int ccrypto_was_issued(const char *certificate, const char *authority) {
  X509 *shown = read_certificate(certificate, strlen(certificate), 1);
  X509 *trusted = read_certificate(authority, strlen(authority), 1);
  EVP_PKEY *key = trusted == NULL ? NULL : X509_get0_pubkey(trusted);
  const int isMatch = shown != NULL && key != NULL && X509_verify(shown, key) == 1;
  X509_free(trusted);
  X509_free(shown);
  ERR_clear_error();
  return isMatch;
}
