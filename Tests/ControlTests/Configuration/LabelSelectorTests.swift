import Control
import Testing

@Suite("Label selectors")
struct LabelSelectorTests {
  @Test(
    "Select as kubectl does",
    arguments: [
      ("app=nginx", ["app": "nginx"], true), ("app==nginx", ["app": "nginx"], true),
      ("app=nginx", ["app": "apache"], false), ("app=nginx", [:], false),
      ("app!=nginx", [:], true), ("app!=nginx", ["app": "nginx"], false),
      ("app in (nginx, apache)", ["app": "apache"], true), ("app notin (nginx)", ["app": "nginx"], false),
      ("app", ["app": ""], true), ("!app", ["app": ""], false), ("!app", [:], true),
      ("app in (a),tier=db", ["app": "a", "tier": "db"], true), ("app in (a),tier=db", ["app": "a"], false),
      ("", ["x": "y"], true), ("example.com/app=a", ["example.com/app": "a"], true),
    ] as [(String, [String: String], Bool)])
  func selects(text: String, labels: [String: String], expected: Bool) throws {
    #expect(try LabelSelector(text).matches(labels) == expected)
  }

  @Test("What is not understood is refused", arguments: ["app in nginx", "=x", "a b", "app near (x)", "a,,b", "!"])
  func refuses(text: String) {
    #expect(throws: SelectorError.self) { try LabelSelector(text) }
  }
}
