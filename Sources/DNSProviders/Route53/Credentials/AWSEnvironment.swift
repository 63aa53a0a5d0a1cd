import Federation
package import HTTPTransport
import Foundation

/// What credentials are looked for in: variables, files, and the services of the machine that it runs on.
package struct AWSEnvironment: Sendable {
  package var variables: [String: String]
  package var home: String
  package var transport: HTTPTransport

  package init(variables: [String: String], home: String, transport: HTTPTransport) {
    self.variables = variables
    self.home = home
    self.transport = transport
  }

  /// A variable that is set and not empty.
  subscript(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// A file's text; nil where there is none.
  func text(of path: String) -> String? {
    let path = path.hasPrefix("~/") ? "\(home)/\(path.dropFirst(2))" : path
    return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Sections of `~/.aws/credentials` and `~/.aws/config`, by profile.
  var profiles: [String: [String: String]] {
    var profiles: [String: [String: String]] = [:]
    let files = [
      self["AWS_CONFIG_FILE"] ?? "\(home)/.aws/config",
      self["AWS_SHARED_CREDENTIALS_FILE"] ?? "\(home)/.aws/credentials",
    ]
    for file in files {
      var section: String?
      for line in (text(of: file) ?? "").split(whereSeparator: \.isNewline) {
        let line = line.trimmingCharacters(in: .whitespaces)
        if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
        if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
          let words = line[line.index(after: line.startIndex)..<end].split(whereSeparator: \.isWhitespace)
          // `[profile NAME]` in the one file, `[NAME]` in the other; other kinds of section are not ours.
          section = words.count == 1 ? words.last.map(String.init) : words.first == "profile" ? String(words[1]) : nil
        } else if let section, let equals = line.firstIndex(of: "=") {
          let key = line[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
          profiles[section, default: [:]][key] = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        }
      }
    }
    return profiles
  }

  /// Asks a service of the machine, or the token service; nil where nobody answers.
  func ask(
    _ method: String = "GET", _ url: String, headers: [HTTPHeader] = [], body: [UInt8] = []
  ) async -> ProviderAnswer? {
    var request = HTTPRequest(method: method, url: url, headers: headers, body: body)
    // On a machine that is not Amazon's nobody listens there: that must not hold a start up.
    request.connectTimeout = .seconds(url.hasPrefix("https") ? 5 : 1)
    request.silenceTimeout = .seconds(10)
    do throws(HTTPError) {
      let response = try await transport.send(request)
      return ProviderAnswer(
        status: response.status, headers: response.headers, body: try await response.body.collect(upTo: 1 << 20))
    } catch {
      return nil
    }
  }
}
