import ReadoutVectors

/// Words that a text step leaves out, since they say how sentences are built and not what they are about.
public struct StopWords: Sendable {
  /// For `explain`: `en`, or how many words.
  public let name: String
  public let words: [String]

  public init(name: String, words: [String]) {
    self.name = name
    self.words = words
  }

  public static let none = StopWords(name: "none", words: [])

  public init(_ words: [String]) { self.init(name: "\(words.count) words", words: words) }

  /// The languages that lists come for.
  public static let languages = ["de", "en", "ko"]

  /// The list of a language; nil where there is none.
  public init?(language: String) {
    let list: String
    switch language {
    case "de": list = Self.german
    case "en": list = Self.english
    case "ko": list = Self.korean
    default: return nil
    }
    self.init(name: language, words: list.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  /// One word a line; blank lines and lines that begin with `#` are skipped.
  public init(file name: String, contents: [UInt8]) {
    let lines = String(decoding: contents, as: UTF8.self).split(whereSeparator: \.isNewline)
    self.init(
      name: name,
      words: lines.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty && !$0.hasPrefix("#") })
  }

  /// By number in a vocabulary: 1 for a word that is left out.
  func marks(in vocabulary: Vocabulary) -> Vector<UInt8> {
    var marks = MutableVector<UInt8>(repeating: 0, count: vocabulary.count)
    for word in words { if let number = vocabulary.number(of: word) { marks[number] = 1 } }
    return marks.freeze()
  }
}

extension StopWords {
  private static let english = """
    a about above after again against all also am an and another any are aren't around as at away back be because been
    before behind being below beneath beside besides between beyond both but by can can't cannot could couldn't did didn't
    do does doesn't doing don't done down during each either else even ever every for from further had hadn't has hasn't
    have haven't having he he'd he'll he's her here hers herself him himself his how however i i'd i'll i'm i've if in
    indeed inside instead into is isn't it it's its itself just least less like many may me might mine more most much must
    my myself near neither never no nor not now of off often on once one only onto or other others ought our ours ourselves
    out outside over own per perhaps quite rather same shall she she'd she'll she's should shouldn't since so some somehow
    still such than that that's the their theirs them themselves then there there's therefore these they they'd they'll
    they're they've this those though through throughout thus to together too toward towards under unless until up upon us
    very was wasn't we we'd we'll we're we've well were weren't what whatever when whenever where whereas wherever whether
    which while who whoever whom whose why will with within without won't would wouldn't yet you you'd you'll you're you've
    your yours yourself yourselves
    """

  private static let german = """
    ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim bereits
    bis bisher da dabei dadurch dafür dagegen daher damit danach daneben dann daran darauf daraus darin darüber darum das
    dass davon davor dazu dein deine deinem deinen deiner dem den denen denn dennoch der deren des deshalb dessen desto dich
    die dies diese dieselbe diesem diesen dieser dieses dir doch dort du durch eben ein eine einem einen einer eines einige
    einigen einmal er erst es etwa etwas euch euer eure eurem euren eurer für ganz gegen gerade habe haben hat hatte hatten
    hätte hätten her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins ist ja je jede
    jedem jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kann kein keine keinem keinen keiner können könnte
    könnten lassen man manche manchem manchen mancher mehr mein meine meinem meinen meiner mich mir mit muss müssen nach
    nachdem neben nein nicht nichts noch nun nur ob oder ohne schon sehr sei seid sein seine seinem seinen seiner seit sich
    sie sind so sobald solche solchem solchen solcher soll sollen sollte sollten somit sondern sonst sowie statt über um und
    uns unser unsere unserem unseren unserer unter viel viele vielen vom von vor während war waren warum was wegen weil
    weiter welche welchem welchen welcher wenig wenige wenn wer werde werden weshalb wie wieder will wir wird wo wohl wollen
    worden wurde wurden würde würden zu zum zur zwar zwischen
    """

  private static let korean = """
    이 그 저 것 거 수 등 및 또 또는 또한 더 더욱 좀 잘 못 안 왜 즉 곧 다 늘 각 매우 아주 너무 가장 모든 여러 다른 어떤 이런 그런 저런 이러한
    그러한 저러한 그리고 그러나 그런데 그래서 그러므로 그렇지만 하지만 따라서 때문에 때문이다 대한 대해 대하여 관한 관해 관하여 위한 위해 위하여
    통한 통해 통하여 의한 의해 의하여 따른 따라 함께 같은 같이 있는 있다 있습니다 없는 없다 없습니다 하는 하고 하다 합니다 한다 했다 했습니다
    되는 되고 되다 됩니다 된다 됐다 되었다 이다 입니다 아니다 아닙니다 것이다 것입니다 것은 것이 것을 수도 우리 우리는 우리의 우리가 저희 나는
    내가 나의 너는 당신 그는 그가 그의 그녀 그녀는 그들 그들은 그들의 이것 이것은 그것 그것은 여기 거기 지금 이제 오늘 바로 다시 계속 이미 아직
    만약 만일 비록 혹은 특히 물론 정말 매번 무엇 누가 어디 언제 어떻게 얼마나
    """
}
