import Control

/// Where the credentials of joined clusters are, beside an embedded federation API's store.
enum ClusterFiles {
  /// `STORE.credentials`, only this user's; nil where the API is somebody else's and keeps Secrets.
  static func folder(_ api: Configuration.API) throws -> String? {
    guard case .embedded(let settings) = api else { return nil }
    return "\(try EmbeddedAPIPlace(settings).store).credentials"
  }
}
