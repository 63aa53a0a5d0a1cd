import Federation
import Glibc

/// Finds credentials where Google's own tools look for them.
package enum GoogleCredentials {
  /// The first of: the file that `GOOGLE_APPLICATION_CREDENTIALS` names, what `gcloud auth application-default login`
  /// left behind, the metadata server.
  ///
  /// - Parameters:
  ///   - environment: also `CLOUDSDK_CONFIG` and `HOME` (gcloud's folder) and `GCE_METADATA_HOST` count.
  ///   - api: asks for tokens; its pace is better not that of Cloud DNS.
  /// - Throws: when a file is there and cannot be used: the next place is never tried instead, since it would be
  ///   somebody else.
  package static func find(
    environment: [String: String], api: ProviderAPI
  ) throws(ProviderError) -> any GoogleTokenSource {
    if let path = environment["GOOGLE_APPLICATION_CREDENTIALS"], !path.isEmpty {
      do throws(ProviderError) { return try GoogleCredentialsFile(path, api: api) } catch {
        throw ProviderError(error.code, "GOOGLE_APPLICATION_CREDENTIALS: \(error.description)")
      }
    }
    let folder =
      environment["CLOUDSDK_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
      ?? environment["HOME"].map { "\($0)/.config/gcloud" }
    var looked = "GOOGLE_APPLICATION_CREDENTIALS is not set"
    if let folder {
      let path = "\(folder)/application_default_credentials.json"
      if access(path, F_OK) == 0 { return try GoogleCredentialsFile(path, api: api) }
      looked += " and there is no \(cleanText(path, limit: 160))"
    }
    let host = environment["GCE_METADATA_HOST"].flatMap { $0.isEmpty ? nil : $0 }
    return GoogleMetadataServer(
      host: host ?? GoogleMetadataServer.standardHost,
      hint: "\(looked): name a key file, or log in with gcloud auth application-default login", api: api)
  }

  /// The credentials that one file holds, whatever kind they are.
  package static func file(_ path: String, api: ProviderAPI) throws(ProviderError) -> any GoogleTokenSource {
    try GoogleCredentialsFile(path, api: api)
  }
}
