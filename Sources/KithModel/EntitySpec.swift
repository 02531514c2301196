package import KithBase

/// One kind of object in a book: its names in both tongues, its fields, its paths.
///
/// Schema, import, scan, checker, completion and reference page derive from this literal.
package struct EntitySpec: Sendable {
  /// English singular; also the table: `customer`.
  package var name: String
  package var plural: String
  package var zh: String
  /// One English sentence for help and the reference.
  package var meaning: String
  /// Other words accepted: (singular, plural) pairs in English, single words in Chinese.
  package var synonyms: [(singular: String, plural: String)]
  package var zhSynonyms: [String]
  /// Stored fields, `id` first; with `code`, `created`, `updated` where the entity has them.
  package var fields: [FieldSpec]
  package var toOne: [ToOneSpec]
  package var toMany: [ToManySpec]
  package var derived: [DerivedSpec]
  /// Columns of a plain list, and the path that names an object (`name`, `customer`).
  package var show: [String]
  package var title: String
  /// The field events are ordered by, a path allowed (`purchase.ordered`); nil where none.
  package var time: String?
  /// Sets of columns unique together, besides `code`. A last part that is no name limits the set
  /// to some rows: `contact_id IS NULL`.
  package var unique: [[String]]
  /// A file of rows may be imported into it; logs, settings, terms, fields are not.
  package var importable: Bool
  /// Changes of its fields are written to `change`.
  package var tracked: Bool

  package init(
    _ name: String, plural: String, zh: String, meaning: String,
    synonyms: [(singular: String, plural: String)] = [], zhSynonyms: [String] = [],
    show: [String], title: String, time: String? = nil, unique: [[String]] = [],
    importable: Bool = true, tracked: Bool = true,
    fields: [FieldSpec], toOne: [ToOneSpec] = [], toMany: [ToManySpec] = [],
    derived: [DerivedSpec] = []
  ) {
    self.name = name
    self.plural = plural
    self.zh = zh
    self.meaning = meaning
    self.synonyms = synonyms
    self.zhSynonyms = zhSynonyms
    self.fields = fields
    self.toOne = toOne
    self.toMany = toMany
    self.derived = derived
    self.show = show
    self.title = title
    self.time = time
    self.unique = unique
    self.importable = importable
    self.tracked = tracked
  }
}

/// A stored field. Its SQLite column is the name plus what the type adds: money `_fen`, date `_on`,
/// time `_at`; stated exceptions give `column`.
package struct FieldSpec: Sendable {
  package var name: String
  package var zh: String
  package var type: KithType
  /// The SQLite column; for a text in two tongues the `_zh` one, with `secondColumn` the `_en` one.
  package var column: String
  package var secondColumn: String?
  /// `persons`, `year`, `CNY a year`; nil where the type says it all.
  package var unit: String?
  package var required: Bool
  /// Default in a new row, as SQL literal text (`'open'`, `1`).
  package var defaultValue: String?
  package var range: ClosedRange<Int64>?
  package var synonyms: [String]
  package var zhSynonyms: [String]
  /// Shown only when named; personal data never exported by default.
  package var hidden: Bool
  package var note: String
  /// A field a book added (`x_NAME`), not of this list.
  package var custom: Bool

  package init(
    _ name: String, _ zh: String, _ type: KithType, column: String? = nil,
    secondColumn: String? = nil, unit: String? = nil, required: Bool = false,
    default defaultValue: String? = nil, range: ClosedRange<Int64>? = nil,
    synonyms: [String] = [], zhSynonyms: [String] = [], hidden: Bool = false,
    note: String = "", custom: Bool = false
  ) {
    self.name = name
    self.zh = zh
    self.type = type
    self.column = column ?? name + FieldSpec.ending(of: type)
    self.secondColumn = secondColumn
    self.unit = unit
    self.required = required
    self.defaultValue = defaultValue
    self.range = range
    self.synonyms = synonyms
    self.zhSynonyms = zhSynonyms
    self.hidden = hidden
    self.note = note
    self.custom = custom
  }

  package static func ending(of type: KithType) -> String {
    switch type {
    case .money: "_fen"
    case .date: "_on"
    case .time: "_at"
    case .object: "_id"
    default: ""
    }
  }
}

/// A path to one object, kept as a foreign key `NAME_id` of this entity.
package struct ToOneSpec: Sendable {
  package var name: String
  package var zh: String
  package var target: String
  package var column: String
  package var required: Bool
  package var synonyms: [String]
  package var zhSynonyms: [String]
  /// `first referrals_received by referred`: not stored, the first child or the end of a chain.
  package var through: Through?

  package enum Through: Sendable {
    /// The first child of a to-many path, by a field of the child, then id.
    case first(path: String, by: String)
    /// A chain of to-one paths: `referral.referrer`.
    case chain([String])
    /// Of a `change`: the row its `object` numbers, where its `entity` names the target.
    case object
    /// The one row of the target whose to-one path of this name leads here.
    case inverse(String)
  }

  package init(
    _ name: String, _ zh: String, to target: String, column: String? = nil,
    required: Bool = false, synonyms: [String] = [], zhSynonyms: [String] = [],
    through: Through? = nil
  ) {
    self.name = name
    self.zh = zh
    self.target = target
    self.column = column ?? name + "_id"
    self.required = required
    self.synonyms = synonyms
    self.zhSynonyms = zhSynonyms
    self.through = through
  }
}

/// A path to many objects: the rows whose `key` leads here, or a chain of other paths.
package struct ToManySpec: Sendable {
  package var name: String
  package var zh: String
  package var target: String
  package var via: Via

  package enum Via: Sendable {
    /// The to-one path of `target` that points back (`opportunity.customer` → `customer`).
    case key(String)
    /// Paths one after another, each object once: `["advocates", "referrals", "customer"]`.
    case chain([String])
    /// Rows of `change` about this object: `entity` is this entity and `object` its id.
    case changes
    /// Of a customer or referrer: the customers whose first referral it made. A referrer who is, or works
    /// at, a customer is that customer.
    case firstReferred
  }

  package init(_ name: String, _ zh: String, to target: String, _ via: Via) {
    self.name = name
    self.zh = zh
    self.target = target
    self.via = via
  }
}

/// A field that is computed, written in Kith over the object's own names.
package struct DerivedSpec: Sendable {
  package var name: String
  package var zh: String
  package var type: KithType
  /// The Kith text; nil where an algorithm of the engine computes it (`algorithm` says what).
  package var kith: String?
  package var algorithm: String?
  /// Names of the required arguments in order (`STAGE`, `PERIOD`); a field without needs no
  /// brackets.
  package var parameters: [String]
  /// Catalogue items of the source, or `own`.
  package var origin: String
  /// What a result says where the field is empty for every object of a filled table.
  package var emptyReason: (english: String, chinese: String)?

  package init(
    _ name: String, _ zh: String, _ type: KithType, _ kith: String? = nil,
    algorithm: String? = nil, parameters: [String] = [], origin: String = "own",
    emptyReason: (english: String, chinese: String)? = nil
  ) {
    self.name = name
    self.zh = zh
    self.type = type
    self.kith = kith
    self.algorithm = algorithm
    self.parameters = parameters
    self.origin = origin
    self.emptyReason = emptyReason
  }
}

/// The values of an enumerated field, in order.
package struct EnumerationSpec: Sendable {
  package var name: String
  package var zh: String
  /// `<` and `>` have a meaning.
  package var ordered: Bool
  package var values: [EnumerationValue]

  package init(_ name: String, _ zh: String, ordered: Bool, _ values: [EnumerationValue]) {
    self.name = name
    self.zh = zh
    self.ordered = ordered
    self.values = values
  }
}

package struct EnumerationValue: Sendable {
  package var code: String
  package var en: String
  package var zh: String
  package var synonyms: [String]
  /// Outside the order: only `=`, `!=`, `in` hold for it; it sorts last.
  package var outsideOrder: Bool

  package init(
    _ code: String, _ zh: String, en: String? = nil, synonyms: [String] = [],
    outsideOrder: Bool = false
  ) {
    self.code = code
    self.en = en ?? code
    self.zh = zh
    self.synonyms = synonyms
    self.outsideOrder = outsideOrder
  }
}

/// A constant of the sources, one row of `setting`.
package struct SettingSpec: Sendable {
  package var key: String
  package var zh: String
  package var type: KithType
  /// As Kith text (`3亿`, `50%`, `30 days`); nil where the source gives none.
  package var value: String?
  package var unit: String?
  package var origin: String
  package var meaning: String

  package init(
    _ key: String, _ zh: String, _ type: KithType, _ value: String?, unit: String? = nil,
    origin: String, meaning: String
  ) {
    self.key = key
    self.zh = zh
    self.type = type
    self.value = value
    self.unit = unit
    self.origin = origin
    self.meaning = meaning
  }
}
