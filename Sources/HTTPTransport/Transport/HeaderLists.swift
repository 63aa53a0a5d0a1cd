import CCurl

/// The lists that one handle refers to for as long as it lives.
final class HeaderLists {
  private(set) var headers: UnsafeMutablePointer<curl_slist>?
  private(set) var connectTo: UnsafeMutablePointer<curl_slist>?

  deinit {
    curl_slist_free_all(headers)
    curl_slist_free_all(connectTo)
  }

  func add(header line: String) {
    if let longer = curl_slist_append(headers, line) { headers = longer }
  }

  func add(connectTo entry: String) {
    if let longer = curl_slist_append(connectTo, entry) { connectTo = longer }
  }
}
