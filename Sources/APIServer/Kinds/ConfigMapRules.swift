import JSON

/// Checks of ConfigMaps.
enum ConfigMapRules {
  static func errors(_ object: JSONValue, _ old: JSONValue?) -> [FieldError] {
    var errors: [FieldError] = []
    if old?["immutable"] == true {
      if object["immutable"] != true {
        errors.append(.forbidden("immutable", "field is immutable when `immutable` is set"))
      }
      for field in ["data", "binaryData"] where object[field]?.object ?? [:] != old?[field]?.object ?? [:] {
        errors.append(.forbidden(field, "field is immutable when `immutable` is set"))
      }
    }
    for field in ["data", "binaryData"] {
      for key in (object[field]?.object ?? [:]).keys.sorted() {
        if let error = NameRule.configKey.error("\(field)[\(key)]", key) { errors.append(error) }
      }
    }
    return errors
  }
}
