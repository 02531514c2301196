extension FunctionCatalogue {
  /// The functions every book has. `if case min max day week month quarter year` are the checker's
  /// own, as their types depend on more than their arguments.
  package static let shipped = FunctionCatalogue(
    FunctionSpec.roundingFunctions + FunctionSpec.numberFunctions + FunctionSpec.textFunctions
      + FunctionSpec.textPartFunctions + FunctionSpec.pinyinFunctions + FunctionSpec.dateFunctions
      + FunctionSpec.durationFunctions + FunctionSpec.conversionFunctions
      + FunctionSpec.listFunctions + FunctionSpec.listNumberFunctions)
}
