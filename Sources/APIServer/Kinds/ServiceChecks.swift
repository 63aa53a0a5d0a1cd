import JSON

/// What a Kubernetes API server finds wrong with a Service, in its order and its words.
enum ServiceChecks {
  @Sendable static func errors(_ object: JSONValue, old: JSONValue?, admission: Admission) -> [FieldError] {
    let spec = object["spec"] ?? [:]
    let type = spec["type"]?.string ?? ""
    let isHeadless = spec["clusterIP"] == "None"
    let ports = spec["ports"]?.array ?? []
    var errors: [FieldError] = []
    if ports.isEmpty, !isHeadless, type != "ExternalName" { errors.append(.required("spec.ports")) }
    if type == "ExternalName" { errors += externalName(spec) }
    var names: Set<String> = []
    for (index, port) in ports.enumerated() {
      errors += self.port(port, "spec.ports[\(index)]", isOneOfMany: ports.count > 1, names: &names)
    }
    errors += oneOf("sessionAffinity", spec)
    if type != "ExternalName" { errors += addresses(spec, old: old?["spec"]) }
    for (index, address) in (spec["externalIPs"]?.array ?? []).enumerated() {
      let text = address.string ?? ""
      if !IPAddress.isValid(text) {
        errors.append(.invalid("spec.externalIPs[\(index)]", "\"\(text)\"", "must be a valid IP address"))
      }
    }
    errors += oneOf("type", spec)
    errors += nodePorts(ports, type: type)
    errors += duplicates(ports)
    for field in ["externalTrafficPolicy", "internalTrafficPolicy", "ipFamilyPolicy"] { errors += oneOf(field, spec) }
    return errors.isEmpty ? taken(object, old: old, admission) : errors
  }

  /// Addresses and node ports that another service holds.
  private static func taken(_ object: JSONValue, old: JSONValue?, _ admission: Admission) -> [FieldError] {
    let own = old.map(AllotmentIndex.allotments) ?? []
    func isTaken(_ allotment: JSONValue) -> Bool { !own.contains(allotment) && admission.allotted.isHeld(allotment) }
    let addresses = object[at: ["spec", "clusterIPs"]]?.array ?? []
    let shown = "[]string{\(addresses.map { $0.text() }.joined(separator: ", "))}"
    let taken = addresses.filter(isTaken).map { address in
      FieldError.invalid(
        "spec.clusterIPs", shown,
        "failed to allocated ip:\(address.string ?? "") with error:provided IP is already allocated")
    }
    let ports = object[at: ["spec", "ports"]]?.array ?? []
    return taken
      + ports.enumerated().compactMap { index, port in
        guard let number = port["nodePort"], isTaken(number) else { return nil }
        return .invalid("spec.ports[\(index)].nodePort", number.text(), "provided port is already allocated")
      }
  }

  private static func externalName(_ spec: JSONValue) -> [FieldError] {
    var errors: [FieldError] = []
    if let address = spec["clusterIPs"]?.array?.first ?? spec["clusterIP"], address != "" {
      errors.append(.forbidden("spec.clusterIPs[0]", "may not be set when `type` is 'ExternalName'"))
    }
    let name = spec["externalName"]?.string ?? ""
    if name.isEmpty {
      errors.append(.required("spec.externalName"))
    } else if let error = NameRule.subdomain.error("spec.externalName", name) {
      errors.append(error)
    }
    return errors
  }

  private static func port(
    _ port: JSONValue, _ path: String, isOneOfMany: Bool, names: inout Set<String>
  ) -> [FieldError] {
    var errors: [FieldError] = []
    let name = port["name"]?.string ?? ""
    if name.isEmpty {
      if isOneOfMany { errors.append(.required("\(path).name")) }
    } else if let error = NameRule.label.error("\(path).name", name) {
      errors.append(error)
    } else if !names.insert(name).inserted {
      errors.append(.duplicate("\(path).name", "\"\(name)\""))
    }
    errors += PortNumber.errors(port["port"], "\(path).port")
    errors += oneOf("protocol", port, in: "\(path).", among: ServiceSchema.port)
    if let text = port["targetPort"]?.string {
      errors += portName(text, "\(path).targetPort")
    } else {
      errors += PortNumber.errors(port["targetPort"] ?? port["port"], "\(path).targetPort")
    }
    return errors
  }

  private static func portName(_ text: String, _ field: String) -> [FieldError] {
    func error(_ why: String) -> [FieldError] { [.invalid(field, "\"\(text)\"", why)] }
    if text.utf8.count > 15 { return error("must be no more than 15 characters") }
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    if !isPlain { return error("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)") }
    if !text.contains(where: \.isLetter) { return error("must contain at least one letter (a-z)") }
    if text.contains("--") { return error("must not contain consecutive hyphens") }
    if text.hasPrefix("-") || text.hasSuffix("-") { return error("must not begin or end with a hyphen") }
    return []
  }

  private static func addresses(_ spec: JSONValue, old: JSONValue?) -> [FieldError] {
    let all = (spec["clusterIPs"]?.array ?? []).compactMap(\.string)
    let shown = "[]string{\(all.map { "\"\($0)\"" }.joined(separator: ", "))}"
    let before = old?["clusterIP"]?.string ?? ""
    if !before.isEmpty, old?["type"] != "ExternalName", all.first != before {
      return [.invalid("spec.clusterIPs[0]", shown, "may not change once set")]
    }
    for (index, text) in all.enumerated() where text != "None" && !IPAddress.isValid(text) {
      return [.invalid("spec.clusterIPs[\(index)]", "\"\(text)\"", IPAddress.message)]
    }
    if let first = all.first, let address = IPAddress.v4(first), address >> 20 != 0x0A6 {
      return [
        .invalid(
          "spec.clusterIPs", shown,
          "failed to allocated ip:\(first) with error:provided IP is not in the valid range. "
            + "The range of valid IPs is 10.96.0.0/12")
      ]
    }
    return []
  }

  private static func nodePorts(_ ports: [JSONValue], type: String) -> [FieldError] {
    ports.enumerated().compactMap { index, port in
      guard let number = port["nodePort"]?.integer, number != 0 else { return nil }
      let field = "spec.ports[\(index)].nodePort"
      if type == "ClusterIP" { return .forbidden(field, "may not be used when `type` is 'ClusterIP'") }
      if (30_000...32_767).contains(number) { return nil }
      return .invalid(
        field, "\(number)", "provided port is not in the valid range. The range of valid ports is 30000-32767")
    }
  }

  private static func duplicates(_ ports: [JSONValue]) -> [FieldError] {
    var seen: Set<JSONValue> = []
    return ports.enumerated().compactMap { index, port in
      guard let number = port["port"]?.integer, let transport = port["protocol"]?.string else { return nil }
      let isNew = seen.insert([.integer(number), .string(transport)]).inserted
      let shown =
        "core.ServicePort{Name:\"\", Protocol:\"\(transport)\", AppProtocol:(*string)(nil), Port:\(number), "
        + "TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}, NodePort:0}"
      return isNew ? nil : .duplicate("spec.ports[\(index)]", shown)
    }
  }

  /// Holds a text to the values that its schema allows.
  private static func oneOf(
    _ field: String, _ object: JSONValue, in path: String = "spec.", among schema: Schema = ServiceSchema.spec
  ) -> [FieldError] {
    guard let text = object[field]?.string, let allowed = schema[member: field]?.allowed, !allowed.contains(text) else {
      return []
    }
    return [.unsupported(path + field, text, supported: allowed)]
  }
}
