extension EntitySpec {
  /// Whether a field, path, derived field or synonym of either tongue has this name.
  package func hasMember(named name: String) -> Bool {
    fields.contains {
      $0.name == name || $0.zh == name || $0.column == name || $0.synonyms.contains(name)
        || $0.zhSynonyms.contains(name)
    }
      || toOne.contains {
        $0.name == name || $0.zh == name || $0.synonyms.contains(name)
          || $0.zhSynonyms.contains(name)
      }
      || toMany.contains { $0.name == name || $0.zh == name }
      || derived.contains { $0.name == name || $0.zh == name }
  }
}
