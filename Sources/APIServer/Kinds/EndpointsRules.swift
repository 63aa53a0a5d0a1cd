import Glibc
import JSON

/// Defaults and checks of Endpoints.
enum EndpointsRules {
  static func fillDefaults(_ object: inout JSONValue) {
    guard let subsets = object["subsets"]?.array else { return }
    object["subsets"] = .array(
      subsets.map { subset in
        var subset = subset
        subset["ports"] = subset["ports"]?.array.map { ports in
          .array(
            ports.map { port in
              var port = port
              port["protocol"] = port["protocol"] ?? "TCP"
              return port
            })
        }
        return subset
      })
  }

  static func errors(_ object: JSONValue) -> [FieldError] {
    var errors: [FieldError] = []
    for (index, subset) in (object["subsets"]?.array ?? []).enumerated() {
      let path = "subsets[\(index)]"
      for list in ["addresses", "notReadyAddresses"] {
        for (place, address) in (subset[list]?.array ?? []).enumerated() {
          let text = address["ip"]?.string ?? ""
          guard !IPAddress.isValid(text) else { continue }
          let field = "\(path).\(list)[\(place)].ip"
          errors.append(.invalid(field, "\"\(text)\"", IPAddress.message))
          errors.append(.invalid(field, "\"\(text)\"", "must be a valid IP address"))
        }
      }
      let ports = subset["ports"]?.array ?? []
      for (place, port) in ports.enumerated() {
        if ports.count > 1, port["name"]?.string?.isEmpty ?? true {
          errors.append(.required("\(path).ports[\(place)].name"))
        }
        errors += PortNumber.errors(port["port"], "\(path).ports[\(place)].port")
      }
    }
    return errors
  }
}

/// Port numbers.
enum PortNumber {
  static func errors(_ value: JSONValue?, _ field: String) -> [FieldError] {
    let number = value?.integer ?? 0
    return (1...65_535).contains(number)
      ? [] : [.invalid(field, "\(number)", "must be between 1 and 65535, inclusive")]
  }
}

/// Addresses of IPv4 and IPv6 as texts.
enum IPAddress {
  static let message = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"

  static func isValid(_ text: String) -> Bool { v4(text) != nil || (text.contains(":") && isV6(text)) }

  /// The four bytes of an IPv4 address as a number.
  static func v4(_ text: String) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: UInt32 = 0
    for part in parts {
      guard part.count <= 3, part.allSatisfy(\.isNumber), let byte = UInt8(part) else { return nil }
      address = address << 8 | UInt32(byte)
    }
    return address
  }

  private static func isV6(_ text: String) -> Bool {
    var storage = in6_addr()
    return inet_pton(AF_INET6, text, &storage) == 1
  }
}
