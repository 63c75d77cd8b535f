"""How text addresses a machine that reads it: phrases by class, ends of a prompt, and the words they are matched in.

The phrases are those of hidden prompts found in arXiv papers since 2025 (arXiv:2507.06185 collects them), of the usual
ways out of a prompt, and demands that would lift a paper in a digest. They are matched in words, so that marks, case,
accents, full-width letters and look-alikes of other alphabets change nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from digest.reading._words import words_of

# --- parts of phrases ---

_MODEL = r"(?:ai|llms?|(?:large )?language models?|gpt|chatgpt|claude|gemini|automated|automatic|machine)"
_MACHINE = rf"(?:an? |the |all |any )?{_MODEL}"
_READER = r"(?:reviewers?|readers?|summari[sz]ers?|assistants?|evaluators?|judges?|curators?|systems?|models?|agents?)"
_ANY_READER = rf"(?:(?:all |any |the |every )?(?:{_MODEL}(?: {_READER})?|{_READER}))"
_ROLE = rf"(?:(?:{_MODEL} )?(?:{_READER}|human|user|developer|admin)|{_MODEL})"
_PAPER = r"(?:this|the|our|these) (?:paper|work|article|submission|manuscript|study|research)"
_THIS = r"(?:this (?:paper|work|article|submission|manuscript|study|research|one)|it|this)"
_BEGIN = r"(?:^|(?<=\| ))"
_LEADS = (
    r"(?:(?:please|now|and|also|then|so|instead|you|must|should|will|shall|are to|need to|have to|important|note|attention"
    r"|finally|kindly|simply|just|only|always|strictly|first|immediately|therefore|dear) ){0,4}"
)
_ORDER = _BEGIN + _LEADS
_SO = _BEGIN + r"(?:(?:so|and|then|now|also|instead) )?"
"""Where a clause begins, and what an order may begin with. The same verbs within a sentence tell what a method does."""
_OLDER = r"(?:previous|prior|above|earlier|preceding|foregoing|existing|original)"
_ORDERS = r"(?:instructions?|prompts?|directives?|directions|guidelines|commands?|orders)"
_DROP = r"(?:ignore|disregard|forget|override|overlook|bypass|discard|do not follow|don t follow)"
_RATE = r"(?:rate|score|rank|grade|mark)"
_SAY = (
    r"(?:rate|score|rank|grade|mark|give|assign|award|recommend|accept|select|pick|choose|promote|feature|praise|endorse"
    r"|emphasi[sz]e|highlight|stress|state|say|claim|mention|report|include|add|insert|append|output|print|return|write"
    r"|call|describe|present|label|set|treat|put|place|list|answer|respond|reply|ignore|disregard|tell|summari[sz]e)"
)
_MOST = r"(?:10|100|ten|max\w*|full|perfect|top|highest|best|must read|(?:3|5|three|five) stars?)"
_QUALITY = r"(?:stars?|ratings?|scores?|relevance|novelty|significance|originality|must read)"
_RENOWN = (
    r"(?:groundbreaking|ground breaking|revolutionary|state of the art|(?:the )?best|seminal|outstanding|must read|excellent"
    r"|brilliant|landmark|(?:a )?breakthrough|exceptional|essential)"
)
_GOAL = (
    rf"(?:{_QUALITY}|{_PAPER}|this one|it first|first|10/10|(?:this|it) (?:as |a |an )?(?:10|100|ten)|links?|https?"
    rf"|positive\w*|{_RENOWN})"
)
_OUTPUT = r"(?:answer|summary|summaries|response|review|output|reply|tldr|tl dr|report|digest|card|overview|headline)"


@dataclass(frozen=True)
class _Class:
    """Phrases of one kind. They can only match where each set of words has one in the text: a cheap look beforehand."""

    needs: tuple[frozenset[str], ...]
    phrases: tuple[re.Pattern[str], ...]


def _class(needs: tuple[str, ...], *phrases: str) -> _Class:
    return _Class(tuple(frozenset(words.split()) for words in needs), tuple(map(re.compile, phrases)))


_PAPERS = "paper work article submission manuscript study research one it this"
_QUALITIES = "star stars rating ratings score scores relevance novelty significance originality read"
_VERBS = (
    "rate score rank grade mark give assign award recommend accept select pick choose promote feature praise endorse"
    " emphasise emphasize highlight stress state say claim mention report include add insert append output print return"
    " write call describe present label set treat put place list answer respond reply ignore disregard tell summarise"
    " summarize"
)
_READERS = (
    "ai llm llms model models gpt chatgpt claude gemini automated automatic machine reviewer reviewers reader readers"
    " summarizer summarizers summariser summarisers assistant assistants evaluator evaluators judge judges curator"
    " curators system systems agent agents human user developer admin"
)

_CLASSES = (
    _class(  # leave what you were told
        ("ignore disregard forget override overlook bypass discard follow",),
        rf"\b{_DROP} (?:all|any|every)(?: of)?(?: the| your| my)? (?:{_OLDER} )?(?:\w+ )?{_ORDERS}\b",
        rf"\b(?:ignore|disregard) (?:the |your |my )?{_OLDER}(?: and \w+)? (?:instructions?|prompts?|directives?)\b"
        r"(?= (?:and|\|)|$)",
        rf"{_ORDER}{_DROP} (?:\w+ ){{0,3}}(?:{_ORDERS}|rules|system prompt|everything (?:above|before|you))\b",
        rf"{_ORDER}{_DROP} (?:everything|all|what)(?: \w+){{0,3}} (?:above|before|said|told|text)\b",
        rf"{_ORDER}{_DROP} (?:all |everything )?(?:the )?(?:above|foregoing|preceding)(?: text| content)?(?= (?:and|then|\|)|$)",
    ),
    _class(  # leave the others
        ("other others",),
        rf"{_ORDER}(?:ignore|disregard|exclude|reject|skip|mark|rate|rank|score|drop|remove|label|put|place|treat)"
        r" (?:all |the |every |any ){0,3}(?:other (?:papers?|candidates?|submissions?|works|entries|articles)|others) ?"
        r"(?=\||$|and|as|off|with|below|low|from|0|zero)",
    ),
    _class(  # give good marks
        (
            "give provide write generate produce return output submit leave assign post award grant report print",
            "review reviews rating ratings score scores assessment evaluation recommendation feedback mark marks stars star"
            " relevance novelty significance rank",
        ),
        rf"{_ORDER}(?:give|provide|write|generate|produce|return|output|submit|leave|assign|post) (?:\w+ ){{0,4}}"
        r"(?:positive|favou?rable|glowing|good|accepting|enthusiastic|excellent|high(?:est)?|perfect|full|maximum|top) (?:\w+ )?"
        r"(?:reviews?|ratings?|scores?|assessment|evaluation|recommendation|feedback|marks?|stars)\b",
        rf"\bgive (?:{_PAPER}|it) (?:\w+ ){{0,3}}(?:{_MOST}|10/10|positive|high)(?: \w+)? ?"
        r"(?:ratings?|scores?|stars?|reviews?|marks?)\b",
        rf"{_ORDER}(?:give|assign|award|grant|output|report|return|print) (?:\w+ ){{0,3}}?(?:\d+|three|five|ten|all) stars\b",
        rf"{_ORDER}(?:output|print|return|report|give|assign) (?:the |its )?"
        r"(?:stars?|ratings?|rank|relevance|novelty|significance) \| (?:\d|must|ten|three|five|high|max)",
    ),
    _class(
        ("positive criticism",),
        r"\bpositive review only\b|\bonly positive (?:reviews?|feedback|comments)\b(?= (?:\||and)|$)"
        rf"|{_BEGIN}no criticism(?= \||$)",
    ),
    _class(  # say nothing bad
        ("not don never avoid",),
        rf"(?:{_ORDER}(?:do not|don t|never|avoid)|\band (?:do not|don t)) (?:highlight|mention|point out|include|report|discuss"
        r"|list|raise|state|criticis|criticiz|highlighting|mentioning)\w*(?: \w+){0,2} "
        r"(?:negatives?|negative (?:points|aspects)|weakness(?:es)?|limitations?|flaws|shortcomings|criticisms?|concerns)\b",
    ),
    _class(  # rate this paper
        ("rate score rank grade mark", _PAPERS + " " + _QUALITIES + " impact quality"),
        rf"\b{_RATE} {_PAPER}(?: \w+){{0,3}} (?:\d+|five|ten|three|full|highest|top|first|must read|best)\b",
        rf"\b{_RATE} (?:this|it)(?: \w+){{0,3}} (?:10|5|100) ?(?:/|out of) ?(?:10|5|100)\b",
        r"\b(?:rate|score|grade) (?:this|it) (?:as |at |a |an )?(?:10|ten|100|five stars|three stars)\b(?!"
        r" (?:times|points|percent))",
        rf"{_ORDER}(?:rate|score) (?:the |its )?(?:novelty|relevance|significance|originality|impact|quality)"
        rf" (?:as |at |with |a |an |of ){{0,2}}(?:{_MOST}|10/10|5/5|five|high)\b",
    ),
    _class(  # rank and praise it
        (
            "rate score rank mark list place put grade recommend accept select pick choose feature promote highlight present"
            " describe praise endorse summarise summarize keep show call label name deem declare consider portray",
            _PAPERS,
        ),
        rf"{_ORDER}(?:rate|score|rank|mark|list|place|put) (?:this|it) (?:first|highest|top|as (?:a )?must read|number one)\b",
        rf"{_ORDER}(?:rate|score|rank|grade|recommend|accept|select|pick|choose|place|put|feature|promote|highlight|present"
        rf"|describe|praise|endorse|summari[sz]e) {_PAPER} (?:as|at|in|with|for|over|above|first|highly|\|)",
        rf"{_ORDER}(?:recommend|pick|select|choose|feature|list|keep|show|promote|praise) (?:only |just )?"
        r"this (?:one|paper|work|article)(?: only| alone)?(?= \||$| and)",
        rf"{_ORDER}(?:call|label|name|deem|declare|consider|describe|present|portray|praise) (?:{_PAPER}|it)"
        rf" (?:as |a |an |the ){{0,2}}{_RENOWN}\b",
    ),
    _class(  # what it deserves
        (
            "accept accepting accepted acceptance rated ranked scored marked picked selected recommended must deserves merits",
            _PAPERS,
        ),
        rf"\b(?:should|must|please|to)(?: strongly)? (?:recommend|suggest) (?:strong )?accept\w*(?: of)? {_PAPER}\b",
        rf"\b{_PAPER} (?:must|should|has to|is to) be (?:rated|ranked|scored|accepted|marked|picked|selected"
        rf"|recommended|a must)\b",
        rf"\b{_PAPER} (?:deserves|merits) (?:\w+ ){{0,3}}(?:\d+|three|five|ten|full|highest|top|first|best|perfect)\b"
        r"(?: \w+)? ?(?:stars?|ratings?|scores?|marks?|rank|place)?",
    ),
    _class(  # its marks
        (
            "set change make update raise adjust mark must",
            "star stars rating ratings verdict relevance novelty significance rank ranking score scores",
        ),
        rf"{_SO}(?:the )?(?:stars|rating|ranking|verdict) \| must read\b",
        rf"{_ORDER}(?:set|change|make|update|raise|adjust|mark) (?:the |its |this |all |paper s |your ){{0,2}}"
        r"(?:stars?|ratings?|relevance|novelty|significance|rank|ranking) (?:to|as|at) (?:a |the )?"
        r"(?:must read|10|3|5|100|10/10|1|ten|three|five|max\w*|high\w*|top|first)\b",
        rf"{_ORDER}(?:set|change|raise|adjust) (?:the |its |this |all |your ){{0,2}}scores? to (?:10|100|ten"
        rf"|10/10|(?:the )?max\w*)\b"
        r"(?= \||$| for this| and)",
    ),
    _class(  # you who read this
        (
            _READERS + " summarising summarizing reviewing rating ranking scoring evaluating assessing judging",
            "you please give rate write output ignore always recommend must",
        ),
        rf"\b(?:as|if you are|you are|since you are|because you are) {_MACHINE}(?: {_READER})?"
        rf"(?: (?:read|summari[sz]|review|evaluat|rat|rank|process|assess|judg)ing(?: {_PAPER}| this| it)?)?(?: \|)? "
        r"(?:please|you (?:must|should|will|are to|have)|give|rate|write|output|ignore|do not|always|recommend|must)\b",
        rf"\bif you are {_MACHINE}\b",
        _SO + r"if you are (?:summari[sz]|review|rat|rank|scor|evaluat|assess|judg)ing (?:this|the|our) (?:paper|work|article)\b",
    ),
    _class(  # note to who reads this
        (
            "ai llm llms model models gpt chatgpt claude gemini automated automatic machine",
            "important attention notice warning note dear hey hello hi to for",
            "reviewer reviewers reader readers summarizer summarizers summariser summarisers assistant assistants"
            " evaluator evaluators curator curators judge judges agent agents systems system",
        ),
        rf"\b(?:important|attention|notice|warning|note|dear|hey|hello|hi|to|for)(?: \|| to| for)?(?: all)?(?: to)? {_MACHINE} "
        r"(?:reviewers?|readers?|summari[sz]ers?|assistants?|evaluators?|curators?)"
        r"(?: reading| processing| of)?(?: this| the)?(?: \w+)?(?: \||$| please| must| you| do not| ignore)",
        rf"\b(?:important|attention|dear|hey|hello|note to)(?: \|| to| for)?(?: all)? {_MACHINE} {_READER} \|",
    ),
    _class(
        ("system developer admin hidden", "mode prompt message override instruction instructions note"),
        r"\b(?:system|developer) mode (?:enabled|activated|on)\b(?= \||$)",
        r"\b(?:system|developer|admin|hidden) (?:prompt|message|override|instructions?|note) \| "
        r"(?:you|ignore|always|from|output|the|this|do|rate|give|act|set|new|disregard|never|respond|your|all)\b",
    ),
    _class(
        ("you",),
        r"\byou are (?:now|no longer) (?:in )?(?:a |an |the |bound |my )?(?:dan|developer mode|jailbroken"
        r"|unrestricted|different|free"
        r"|by (?:any|your)|obedient|evil|\w+ (?:assistant|mode))\b",
    ),
    _class(  # a reader by name, and what it shall do
        (_READERS, _VERBS),
        rf"{_SO}(?:(?:important|attention|note|message|instructions?|notice|memo) )?(?:(?:to|for|dear|hey|hello|hi|all) )?"
        rf"(?:the |any |all )?{_ROLE} \| (?:you |please |kindly |must |should |now |always |do |just ){{0,3}}{_SAY}"
        rf" (?:\w+ ){{0,5}}?{_GOAL}\b",
        rf"{_SO}(?:dear|hey|hello|hi|attention) {_ANY_READER} (?:\| )?(?:you |please |kindly |must |should |now "
        rf"|always ){{0,3}}{_SAY}\b",
        rf"\b(?:{_ANY_READER}) (?:(?:should|must|shall|has to|have to|ought to)|(?:is|are) (?:asked|required"
        rf"|instructed|told) to) "
        rf"(?:always |only |please )?{_SAY} (?:that )?(?:this (?:paper|work|article|submission|manuscript)|our (?:paper|work))\b",
    ),
    _class(
        (_READERS, "deserves merits is should must has gets earns", "paper work article submission"),
        rf"{_SO}{_ROLE} \| (?:this|the) (?:paper|work|article|submission) (?:deserves|merits|is|should|must|has|gets|earns)\b",
    ),
    _class(  # when you do it
        (
            "summarising summarizing summarise summarize reviewing review ranking rank rating rate scoring score evaluating"
            " evaluate assessing assess judging judge describing describe",
            _VERBS,
        ),
        _SO + r"(?:when|while|before|after|whenever|in) (?:you are |you |your )?"
        r"(?:summari[sz]|review|rank|rat|scor|evaluat|assess|judg|describ)(?:e|ing|y)? (?:(?:this|the|our) \w+ |it |papers? )?"
        rf"(?:please |kindly |you (?:must|should) |always |make sure to )?{_SAY} (?:\w+ ){{0,2}}?"
        r"(?:this|the|our|its?) ?(?:paper|work|article|submission|authors|first|novelty|is)\b",
    ),
    _class(  # put this into the answer
        (
            "output print include insert add append reply respond repeat display return emit link cite put embed place visit open"
            " mention contain report say state begin end",
            "link links url urls text sentence json markdown image images html phrase word words string website address token"
            " message http https tokens sentences stars star paper work rating read",
        ),
        rf"{_ORDER}(?:output|print|include|insert|add|append|reply with|respond with|repeat|display|return|emit|link to|cite)"
        r" (?:\w+ ){0,3}(?:the following|this|exactly)(?: \w+){0,2} "
        r"(?:link|url|text|sentence|json|markdown|image|html|phrase|words?|string|website|address|token|message)s?\b",
        rf"{_ORDER}(?:include|insert|add|append|put|embed|place|mention|cite|output|print|display)(?: \w+){{0,3}} "
        rf"(?:links?|urls?|images?|website|https?)\b[^\n]{{0,80}}? (?:in|into|to|at) (?:the \w+ of )?(?:your|the"
        rf"|this) {_OUTPUT}\b",
        rf"{_ORDER}(?:include|insert|add|append|put|output|print|visit|open) (?:a |the |this |my |our ){{0,2}}(?:link|url) "
        r"(?:to )?https?\b",
        rf"\b(?:this|your) {_OUTPUT} (?:must|should|has to|needs to|shall) (?:also |always )?(?:include|contain"
        rf"|mention|link|report"
        rf"|state|say|cite|begin|start|end|give|rate|emphasi[sz]e|recommend) (?:\w+ ){{0,5}}?(?:links?|urls?|https?|stars|{_THIS}"
        rf"|must read|rating|{_RENOWN})\b",
    ),
    _class(  # answer so
        ("answer respond reply say output write print return", "read accept 10/10 stars groundbreaking"),
        rf"{_ORDER}(?:answer|respond|reply|say|output|write|print|return)(?: (?:only|with|just|exactly|simply"
        rf"|always)){{0,3}}(?: \|)? "
        r"(?:must read|(?:strong )?accept|10/10|(?:three|five|3|5) stars|groundbreaking)(?= \||$| and| for| to)",
    ),
    _class(  # tell me secrets
        ("reveal print show repeat output leak tell send display",),
        rf"{_ORDER}(?:reveal|print|show|repeat|output|leak|tell me|send|display) (?:\w+ ){{0,2}}"
        r"(?:system prompt|your (?:instructions|prompt|rules|configuration)|(?:api|secret) keys?|passwords?|credentials)\b",
    ),
    _class(  # here the prompt goes on
        ("instruction instructions task prompt orders directive directives paper document abstract input text data content",),
        rf"{_SO}(?:new|updated|real|actual|important|final) (?:instructions?|task|system prompt|orders|directives?) \|",
        rf"{_BEGIN}(?:end of|begin|end|start of) (?:the )?(?:paper|document|abstract|system prompt|instructions?"
        rf"|user input|untrusted"
        r" (?:text|data|content)) \|",
    ),
    _class(
        ("promoter advocate marketer fan salesman salesperson publicist supporter ally",),
        rf"{_ORDER}(?:you are|act as|become) (?:now )?(?:a |an |the |my |our )?(?:\w+ ){{0,3}}"
        r"(?:promoter|advocate|marketer|fan|salesman|salesperson|publicist|supporter|ally)\b",
    ),
)

_OTHER_LATIN = ("ignor", "missacht", "vergiss", "vergess", "oubli", "olvid", "desconsider", "esqueca")
"""How German, French, Spanish, Portuguese and Italian verbs of the next phrases begin; all without their accents."""
_LATIN_PHRASES = tuple(
    map(
        re.compile,
        (
            r"\b(?:ignorier|missacht|vergiss|vergess)\w* (?:\w+ ){0,3}(?:anweisung|instruktion|befehl|vorgabe)\w*",
            r"\b(?:ignore[zr]?|oublie[zr]?) (?:\w+ ){0,3}(?:instructions|consignes|directives)(?: \w+){0,2} "
            r"(?:precedent|ci dessus|anterieur)\w*",
            r"\b(?:ignor[aei]\w*|olvid[ae]\w*|desconsider[ae]\w*|esqueca) (?:\w+ ){0,4}"
            r"(?:instrucciones|instrucoes|istruzioni|indicaciones|comandos)\b",
            r"\b(?:ignora\w*) (?:\w+ ){0,3}(?:precedenti|anteriores|previas) (?:istruzioni|instrucciones|instrucoes)\b",
        ),
    )
)

_THIS_ZH = "(?:本文|本论文|本研究|(?:这|该|此)(?:一)?篇(?:论文|文章|工作)?|该论文|此文|本篇)"
_MUST_ZH = "(?:请|請|务必|必须|必須|只能|只需|应当|仅|直接|必定|一定要)"
_READER_ZH = "(?:ai|人工智能|大?语言模型|大模型|审稿人|评审|助手|机器人|摘要器|总结者|llm)"
_SCRIPTS = (
    (
        re.compile("[\u3400-\u9fff]"),
        (
            r"(?:忽略|无视|無視|忘记|忘掉|忘記|不要理会|不要遵守|抛弃)[^|]{0,6}(?:以上|之前|上述|上面|先前|前面"
            r"|所有|全部|此前|一切|系统|原有)"
            r"[^|]{0,8}(?:指令|指示|提示|命令|要求|规则|規則|设定|設定|说明)",
            rf"{_MUST_ZH}[^|]{{0,8}}(?:好评|好評|正面(?:的)?(?:评价|评审|評價)|高分|满分|滿分|五星|三星|积极(?:的)?评价|推荐接收"
            r"|接收(?:本|该|这篇)|必读|最高(?:的)?(?:评|評|分|推荐|等级|星)|(?:排|列)(?:在|名|到|为)?(?:第一|首位|最前))",
            rf"{_MUST_ZH}[^|]{{0,4}}(?:只)?推荐{_THIS_ZH}|(?:^|\| ?)只推荐{_THIS_ZH}",
            r"(?:^|\| ?|请|請|务必|必须|并|並)(?:忽略|无视|無視|排除|跳过)(?:所有|全部)?(?:的)?(?:其他|其它|别的"
            r"|其余)(?:所有)?(?:的)?"
            r"(?:论文|論文|文章|候选)",
            r"(?:不要|不得|切勿|请勿)[^|]{0,4}(?:提及|指出|提到|强调|列出|批评)[^|]{0,6}(?:缺点|不足|负面|局限"
            r"|弱点|缺陷|問題|问题)",
            rf"(?:作为|你是|您是|你现在是|如果你是)一?[个名位]?[^|]{{0,12}}{_READER_ZH}[^|]{{0,4}}(?: \|)? ?"
            r"(?:请|必须|务必|你必须|你应|只能|给出|忽略)",
            rf"(?:^|\| ?)(?:致|给|尊敬的|亲爱的|各位)?[^|]{{0,3}}(?:{_READER_ZH}|系统|模型)[^|]{{0,2}} ?\|"
            rf" ?(?:请|務必|务必|必须|将|把|给出|忽略)",
            rf"(?:给|給|将|把){_THIS_ZH}[^|]{{0,8}}(?:满分|高分|五星|三星|必读|10 ?分|好评|最高|第一|首位)",
            r"(?:^|\| ?|请|请将|将|把)(?:评分|星级|评级|新颖性|相关性|重要性)(?:设为|设置为|设成|定为|改为|打|评为|\|)[^|]{0,4}"
            r"(?:10|满|最高|三星|五星|必读|[35]星)",
            r"(?:以前|前|これまで|上記|すべて|全て|以上)の[^|]{0,10}(?:指示|命令|プロンプト)[^|]{0,6}(?:無視|忘れ)",
            r"(?:肯定的|好意的|ポジティブ)な(?:レビュー|評価|査読)[^|]{0,6}(?:し|書|出|与え|のみ|だけ)",
        ),
    ),
    (
        re.compile("[\uac00-\ud7a3]"),
        (
            r"(?:이전|위의|앞의|모든)[^|]{0,8}(?:지시|명령|프롬프트|지침)[^|]{0,8}(?:무시|잊)",
            r"(?:긍정적인|좋은) (?:리뷰|평가|심사)[^|]{0,6}(?:작성|해 ?주|하십|하세|만)",
        ),
    ),
    (re.compile("[\u0430-\u044f]"), (r"\b(?:игнорир|проигнорир|забуд)\w* (?:\w+ ){0,3}(?:инструкци|указани|команд)\w*",)),
    (re.compile("[\u0600-\u06ff]"), (r"تجاهل (?:\w+ ){0,3}(?:التعليمات|تعليمات|الاوامر|الأوامر)",)),
)
"""Chinese and Japanese, Korean, Russian, Arabic: a letter of the script, and phrases."""
_SCRIPT_PHRASES = tuple((letter, tuple(map(re.compile, phrases))) for letter, phrases in _SCRIPTS)

# --- ends of a prompt ---

_OUR_KEYS = (
    r"(?:stars|rank|ranking|rating|tldr|relevance|novelty|significance|upvotes|must_read|picked|excluded|headline|status|papers)"
)
BREAK_OUTS = re.compile(
    r"<\|\s?(?:im_start|im_end|im_sep|endoftext|endofprompt|system|user|assistant|begin_of_text|end_of_text|start_header_id"
    r"|end_header_id|eot_id|eom_id|channel|message|end)\s?\|>"
    r"|\[/?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS)\]|<</?SYS>>|</?(?:start|end)_of_turn>"
    r"|(?:</\w{1,30}>\s?)?</?(?:system|instructions?|system_prompt|system-reminder|tool_calls?|function_calls?|antml:\w+)"
    r"(?:\s[^<>]{0,60}=[^<>]{0,60})?/?>"
    r"|</\w{1,30}>\s?<(?:user|human|assistant|prompt|instruct)\b"
    r"|(?:\A|(?<=[\n\"”'.}>])|(?<=[\n\"”'.}>] )|(?<=[.!?] {2}))(?:#{1,6} ?)?(?:Assistant|Human|System|SYSTEM|ASSISTANT)"
    r"\s?:\s{1,4}(?:[Ii]gnore|[Yy]ou|Sure|OK|Okay|Yes|Rate|Give)\b"
    r"|\[(?:SYSTEM|System|ADMIN|DEVELOPER)\]:?\s{1,4}(?=New|Ignore|You|Set|Mark|Rate|Rank|Give|Disregard|Override|Output)"
    r"|#{2,6}\s?(?:Instruction|System|Response)\s?:"
    rf"|[\"'][}}\]]{{1,4}}\s{{0,4}},\s{{0,4}}[{{\[]?\s{{0,4}}[\"']{_OUR_KEYS}[\"']\s{{0,4}}:"
    r"|\{\s{0,4}[\"']papers[\"']\s{0,4}:\s{0,4}\[\s{0,4}\{\s{0,4}[\"']id[\"']\s{0,4}:"
    rf"|[\"'\d]?[}}\]]{{2,4}}\s{{0,4}},?\s{{0,4}}[{{\[]\s{{0,4}}[\"'](?:id|{_OUR_KEYS})[\"']\s{{0,4}}:",
)

# --- where they stand ---


def phrases_in(words: str) -> Iterator[re.Match[str]]:
    """Where words (see `words_of`) address a machine, class by class."""
    vocabulary = set(words.split())
    for kind in _CLASSES:
        if all(not need.isdisjoint(vocabulary) for need in kind.needs):
            yield from chain.from_iterable(phrase.finditer(words) for phrase in kind.phrases)
    if any(word.startswith(_OTHER_LATIN) for word in vocabulary):
        yield from chain.from_iterable(phrase.finditer(words) for phrase in _LATIN_PHRASES)
    if not words.isascii():
        for letter, phrases in _SCRIPT_PHRASES:
            if letter.search(words):
                yield from chain.from_iterable(phrase.finditer(words) for phrase in phrases)


def addresses_a_machine(text: str) -> bool:
    """Whether a text, as it can be seen, addresses a machine anywhere."""
    if BREAK_OUTS.search(text if text.isascii() else unicodedata.normalize("NFKC", text)):
        return True
    return next(phrases_in(words_of(text)), None) is not None
