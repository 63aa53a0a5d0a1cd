extension Controller {
  /// What a rollback would do; nil for a service that is not known.
  package func preview(_ order: RollbackOrder) -> RollbackPreview? { core.preview(order, at: world.now()) }
}
