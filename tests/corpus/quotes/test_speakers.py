"""Who speaks and how far the words go: one row per rule, with its reason."""

from __future__ import annotations

import pytest

from corpus.quotes.extract import extract_statements
from corpus.quotes.types import Field

# reason, body, [(words, fullest name)]
ROWS = [
    (
        "a name set apart by commas beside a post is the name, whatever its words are",
        "وقال مدرب منتخب أستراليا، بيرت فان مارفيك، إن الفريق مستعد للمباراة.",
        [("إن الفريق مستعد للمباراة", "بيرت فان مارفيك")],
    ),
    (
        "a club closes the post, the name comes after the comma",
        "وقال مدرب مانشستر يونايتد، سامر الحلبي، إن الفريق مستعد للمباراة.",
        [("إن الفريق مستعد للمباراة", "سامر الحلبي")],
    ),
    (
        "a witness called by name",
        'وروى شاهد يدعى سامر الحلبي "رأينا الحافلة تنقلب أمام المحطة ثم هربنا".',
        [("رأينا الحافلة تنقلب أمام المحطة ثم هربنا", "سامر الحلبي")],
    ),
    (
        "a preposition with its pronoun between verb and subject",
        "واختتم المؤتمر أمس ببيان أكد فيه الوزير سامي رشدي أن العمل بدأ.",
        [("أن العمل بدأ", "سامي رشدي")],
    ),
    (
        "van without hamza is a name",
        "وقال فان دايك إن الفريق مستعد للمباراة المقبلة.",
        [("إن الفريق مستعد للمباراة المقبلة", "فان دايك")],
    ),
    (
        "a hamza on the alif shows that no article begins the name",
        "وقال المتحدث باسم الشرطة أليخاندرو كاردوزا إن الطريق مفتوح.",
        [("إن الطريق مفتوح", "أليخاندرو كاردوزا")],
    ),
    (
        "compound names go on after الدين",
        "ودعا وزير العدل عز الدين الحلبي إلى فتح تحقيق مستقل.",
        [("إلى فتح تحقيق مستقل", "عز الدين الحلبي")],
    ),
    (
        "initials spelled out",
        "وقال بي كي باتنايك إن التمساح عاد إلى النهر.",
        [("إن التمساح عاد إلى النهر", "بي كي باتنايك")],
    ),
    (
        "a title cut short ends no sentence",
        "وقال د. سامر الحلبي إن المريض خرج من المستشفى.",
        [("إن المريض خرج من المستشفى", "سامر الحلبي")],
    ),
    (
        "an accusative after the name tells how, and is no part of it",
        "وقال رودريغو متفائلا إن الفريق مستعد للمباراة.",
        [("إن الفريق مستعد للمباراة", "رودريغو")],
    ),
    (
        "a reporting verb behind و is nobody's name",
        "وقال سامر الحلبي إن المصنع جاهز. واستطرد الحلبي قائلا إن الإنتاج سيبدأ غدا.",
        [("إن المصنع جاهز", "سامر الحلبي"), ("إن الإنتاج سيبدأ غدا", "سامر الحلبي")],
    ),
    (
        "a surname that is also an adjective, where the text has it after a given name",
        "وقال محمد العمري إن العمل بدأ. وأضاف العمري أن الطريق مفتوح.",
        [("إن العمل بدأ", "محمد العمري"), ("أن الطريق مفتوح", "محمد العمري")],
    ),
    (
        "what somebody goes on with is not the subject",
        'وقال سامر الحلبي إن المصنع جاهز. وتابع قوله: "سنبدأ الإنتاج صباح غد".',
        [("إن المصنع جاهز", "سامر الحلبي"), ("سنبدأ الإنتاج صباح غد", "سامر الحلبي")],
    ),
    (
        "a subject inside what was said does not go on speaking",
        "وقال سامر الحلبي إن الحكومة رفضت الطلب. وقال إن العمل متوقف.",
        [("إن الحكومة رفضت الطلب", "سامر الحلبي"), ("إن العمل متوقف", "سامر الحلبي")],
    ),
    (
        "relayed words are the source's even with a clause between",
        "ونقلت وكالة فرانس برس عن مسؤول أميركي، لم تكشف هويته، قوله إن القرار نهائي.",
        [("إن القرار نهائي", "مسؤول أميركي")],
    ),
    (
        "a country is feminine: the masculine noun after it is the verb's object",
        'ووصفت الكويت القرار الأخير بأنه "خطوة روتينية لا تعني شيئا".',
        [("خطوة روتينية لا تعني شيئا", "الكويت")],
    ),
    (
        "where an official sits is not what the verb takes",
        "صرح المتحدث الأمني بوزارة الداخلية بأن التحقيق مستمر في الحادث.",
        [("بأن التحقيق مستمر في الحادث", "المتحدث الأمني بوزارة الداخلية")],
    ),
    (
        "a quotation after a text noun is said, not named",
        'وقال بنيامين سالم إن الأمر خطير. وشدد في بيان "سنرد في الوقت الملائم".',
        [("إن الأمر خطير", "بنيامين سالم"), ("سنرد في الوقت الملائم", "بنيامين سالم")],
    ),
    (
        "the reporter explains what was meant",
        "وقال سامر الحلبي إن المهاجمين معروفون في إشارة إلى الجماعات المسلحة.",
        [("إن المهاجمين معروفون", "سامر الحلبي")],
    ),
    (
        "words after a colon end where the reporter's participle begins",
        "وقال سامر الحلبي: هذا يوم كبير للمدينة، مؤكدا أن العمل سيستمر.",
        [("هذا يوم كبير للمدينة", "سامر الحلبي"), ("أن العمل سيستمر", "سامر الحلبي")],
    ),
    (
        "the words of a source open at فإن, past what tells of it",
        "وبحسب شرطة دبي، حيث وقع الحادث أمس، فإن السائق نقل إلى المستشفى.",
        [("فإن السائق نقل إلى المستشفى", "شرطة دبي")],
    ),
    (
        "a parenthesis between subject and object",
        "وأكد وزير العدل سامي رشدي، في رسالة بعثها إلى البرلمان، أهمية القانون الجديد.",
        [("أهمية القانون الجديد", "سامي رشدي")],
    ),
    (
        "a point inside a number behind a prefix ends no sentence",
        "وقال سامر الحلبي إن السوق استقبلت شاحنات محملة بـ202.028 صندوقا من التمور.",
        [("إن السوق استقبلت شاحنات محملة بـ202.028 صندوقا من التمور", "سامر الحلبي")],
    ),
    (
        "what points at a noun is skipped",
        "وكشفت هذه المصادر أن المفاوضات توقفت أمس.",
        [("أن المفاوضات توقفت أمس", "المصادر")],
    ),
    (
        "a noun with the speaker's pronoun begins no name",
        "وقدم نائب خادم الحرمين الشريفين شكره وتقديره للحضور جميعا.",
        [("شكره وتقديره للحضور جميعا", "نائب خادم الحرمين الشريفين")],
    ),
    (
        "a people's defence belongs to its organisation's name",
        "وقالت منظمات الدفاع عن حقوق الإنسان إن السجناء بخير.",
        [("إن السجناء بخير", "منظمات الدفاع عن حقوق الإنسان")],
    ),
    (
        "inna between a colon and the marks: the marked words only",
        'وقال مصدر حكومي: إن "الاتفاق بات قريبا جدا من التوقيع".',
        [("الاتفاق بات قريبا جدا من التوقيع", "مصدر حكومي")],
    ),
    (
        "a connective between two quotations: one speaker",
        'وقال سامر الحلبي إن "المفاوضات صعبة"؛ ولكن "الأمل ما زال قائما والأبواب مفتوحة".',
        [
            ("المفاوضات صعبة", "سامر الحلبي"),
            ("الأمل ما زال قائما والأبواب مفتوحة", "سامر الحلبي"),
        ],
    ),
    (
        "findings cannot speak, who reports them can",
        'وأكد سامر الحلبي أن نتائج التحقيق كشفت عن "تقصير كبير من جانب الإدارة".',
        [
            ('أن نتائج التحقيق كشفت عن "تقصير كبير من جانب الإدارة"', "سامر الحلبي"),
            ("تقصير كبير من جانب الإدارة", "سامر الحلبي"),
        ],
    ),
    (
        "a marked clause after a medium is speech, not the medium's name",
        'لكن سامر قال في تغريدة بموقع تويتر "كنت مريضا"، قبل أن يعود إلى التدريب.',
        [("كنت مريضا", "سامر")],
    ),
    (
        "the pronoun of lakin before the verb is its subject, the noun after it the object",
        'وقال سامر الحلبي إن اللقاء كان صعبا لكنه طمأن الجمهور "أن الإصابة خفيفة ولا تدعو للقلق".',
        [
            ("إن اللقاء كان صعبا", "سامر الحلبي"),
            ("أن الإصابة خفيفة ولا تدعو للقلق", "سامر الحلبي"),
        ],
    ),
    (
        "the subject of a relative clause is named in passing",
        "ودعت ليلى منصور إلى حل الأزمة التي تعيشها فرنسا منذ أشهر. "
        'وقالت "يجب أن نجلس جميعا إلى طاولة الحوار".',
        [
            ("إلى حل الأزمة التي تعيشها فرنسا منذ أشهر", "ليلى منصور"),
            ("يجب أن نجلس جميعا إلى طاولة الحوار", "ليلى منصور"),
        ],
    ),
    (
        "a name spelled like a verb, set apart by a comma, and it goes on speaking",
        'وأوضح غرانت ميلر، وهو مسؤول في الجمارك: "لا يمكن القبول بنقل الحيوانات هكذا". '
        'وأضاف: "سنصادر كل شحنة تخالف الاتفاقية".',
        [
            ("لا يمكن القبول بنقل الحيوانات هكذا", "غرانت ميلر"),
            ("سنصادر كل شحنة تخالف الاتفاقية", "غرانت ميلر"),
        ],
    ),
    (
        "a name in marks right after the verb is its subject",
        'وتعهدت "جبهة الإنقاذ الشعبي" في بيان لها "بمواصلة الكفاح حتى خروج القوات من البلاد".',
        [("بمواصلة الكفاح حتى خروج القوات من البلاد", "جبهة الإنقاذ الشعبي")],
    ),
    (
        "marks after a namer are a name inside reported words",
        "وقال سامر الحلبي في كلمته إن الوفد زار محطة «ليلى» للطاقة الشمسية.",
        [("إن الوفد زار محطة «ليلى» للطاقة الشمسية", "سامر الحلبي")],
    ),
    (
        "a name in foreign letters is no speech",
        'وأعلنت الشركة عن طرح هاتفها الجديد "Nova Star 12" في الأسواق.',
        [('عن طرح هاتفها الجديد "Nova Star 12" في الأسواق', "الشركة")],
    ),
    (
        "the verbal noun right before the marks names its own speaker",
        "ودعت واشنطن يوم الخميس سلطات البلاد إلى إجراء تحقيق إثر العثور على مقبرة، "
        'وإقرار الحكومة بتورط "بعض أفراد الجيش والشرطة".',
        [
            (
                "إلى إجراء تحقيق إثر العثور على مقبرة، "
                'وإقرار الحكومة بتورط "بعض أفراد الجيش والشرطة"',
                "واشنطن",
            ),
            ("بعض أفراد الجيش والشرطة", "الحكومة"),
        ],
    ),
    (
        "a time between the verb and its words is nobody; the subject stands before it",
        "وكان كريم الساعاتي أعلن الأسبوع الماضي أنه سيتخذ إجراءات جديدة.",
        [("أنه سيتخذ إجراءات جديدة", "كريم الساعاتي")],
    ),
    (
        "or behind it",
        "وأكد العام الماضي الوزير سامر العلي أن النمو سيستمر.",
        [("أن النمو سيستمر", "سامر العلي")],
    ),
    (
        "a verbal noun is what is criticised, not the end of the name",
        "وانتقد الأمير محمد بن سالم الاتفاق البحري قائلا إنه لا يكفي.",
        [
            ("الاتفاق البحري", "محمد بن سالم"),
            ("إنه لا يكفي", "محمد بن سالم"),
        ],
    ),
    (
        "nor of the post",
        'ووصف الرئيس النرويجي الاتفاق بأنه "مريع ويحقق مصلحة طرف واحد".',
        [("مريع ويحقق مصلحة طرف واحد", "الرئيس النرويجي")],
    ),
    (
        "a party with its name",
        "أعلن حزب الشعوب التقدمي أن رئيسه السابق سيترشح للانتخابات.",
        [("أن رئيسه السابق سيترشح للانتخابات", "حزب الشعوب التقدمي")],
    ),
    (
        "many of them speak together with what they are",
        "وقال العديد من الصيادين إن الأسعار ستنخفض.",
        [("إن الأسعار ستنخفض", "العديد من الصيادين")],
    ),
    (
        "and so do several",
        "وقالت عدة دول أوروبية إن الاتهامات خطيرة.",
        [("إن الاتهامات خطيرة", "عدة دول أوروبية")],
    ),
    (
        "a trade is a surname after a given name in ت",
        "وأوضح المتحدث الرسمي للمركز رأفت الصباغ أن الرحلة وصلت أمس.",
        [("أن الرحلة وصلت أمس", "رأفت الصباغ")],
    ),
    (
        "ولد is son of",
        "قال محمد ولد إبيليل إنها قوانين مهمة.",
        [("إنها قوانين مهمة", "محمد ولد إبيليل")],
    ),
    (
        "an adjective that is a given name too",
        "وقال الرئيس التركي إن المرشح لا يعرف المدينة.",
        [("إن المرشح لا يعرف المدينة", "الرئيس التركي")],
    ),
    (
        "علي inside a name, with its dots, is no preposition",
        "وقال محمد علي الحسيني إن الأمر خطير.",
        [("إن الأمر خطير", "محمد علي الحسيني")],
    ),
    (
        "a question word is nobody",
        "وتحدث المسؤول المجهول كيف أنه يحاول مع سواه.",
        [("أنه يحاول مع سواه", "المسؤول المجهول")],
    ),
    (
        "in whose name somebody speaks is no man's name",
        "وصلت الشرطة. وقالت المتحدثة باسم الادعاء إن القضية معقدة. وأضاف الادعاء أن الحكم قريب.",
        [
            ("إن القضية معقدة", "المتحدثة باسم الادعاء"),
            ("أن الحكم قريب", "الادعاء"),
        ],
    ),
    (
        "a cue before a form of address is no name",
        "تحدث المفتي إلى الناس، مؤكدا سماحته أن الصبر مفتاح.",
        [("أن الصبر مفتاح", "المفتي")],
    ),
    (
        "an act is described and describes nothing; who described it was named before",
        'قال المرشح كريم الساعاتي إنه غاضب. ووصف الاتفاق مع الجيران بأنه "كارثة كبيرة".',
        [("إنه غاضب", "كريم الساعاتي"), ("كارثة كبيرة", "كريم الساعاتي")],
    ),
    (
        "على is no man called Ali, after whom «الاتفاق» would be a surname",
        "وقع الجانبان على الاتفاق البحري. وقال كريم الساعاتي إن الاتفاق جيد.",
        [("إن الاتفاق جيد", "كريم الساعاتي")],
    ),
    (
        "a country that is threatened is no surname",
        "وهدد ميلانوف النرويج بأنه سيغلق الميناء.",
        [("بأنه سيغلق الميناء", "ميلانوف")],
    ),
    (
        "a verbal noun that completes a construct",
        "وقال المدير المساعد للجنة التحقيق النرويجية إن المتهم من السكان.",
        [("إن المتهم من السكان", "المدير المساعد للجنة التحقيق النرويجية")],
    ),
    (
        "a plural that is written like a verbal noun",
        "وذكر رجال الأعمال الأتراك أن الليرة ستتعافى.",
        [("أن الليرة ستتعافى", "رجال الأعمال الأتراك")],
    ),
    (
        "a country's name is a surname after an Arabic one",
        "وأكد عبدالله بن محمد السويد أن الخدمة مستمرة.",
        [("أن الخدمة مستمرة", "عبدالله بن محمد السويد")],
    ),
]


@pytest.mark.parametrize(("reason", "body", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_it_finds(reason: str, body: str, expected: list[tuple[str, str]]) -> None:
    found = [(s.text, s.speaker_name) for s in extract_statements("", body)]
    assert found == expected, reason


# reason, body
SILENT = [
    ("it turned out", "وتبين أن السائق لم يكن يحمل رخصة قيادة."),
    ("across is a preposition", "وانتشر الخبر عبر الإنترنت في بريطانيا، عن مصدر مجهول."),
    ("accordance with rules is nobody's words", "وتعمل اللجنة وفقا لنظام المجالس البلدية."),
    ("letters that point at something", "وتلقى السكان رسائل تشير إلى وجود خطر في المنطقة."),
    ("a clause about a thing", "وقرأ الناس التقارير التي تشير إلى ارتفاع الأسعار."),
    ("in addition to", "ونقل الشاحنات الرمل ليلا، إضافة إلى أنها تسير بسرعة."),
    ("called, not claimed", 'وألقت الشرطة القبض على شاب يُدعى "سامر الحلبي".'),
    ("a passive with its sign", "وفي وقت لاحق، كُشف النقاب عن أن المشتري كان أميرا."),
    ("an opposition, not opposing", "وجرى الحديث حول معارضة المجلس الاتفاق الجديد."),
    ("a student, not demanding", "والجاني طالب جامعي أقدم على ذلك بدافع الانتقام."),
    ("here, not congratulated", "وتقع القرية هنا كل البيوت بيضاء."),
    ("eyes drawn are no words", "ويجب لفت أنظار الشباب إلى خطورة الموقف."),
    ("in custody is no attribution", "وأفرجت المحكمة عن المدير على ذمة التحقيق في القضية."),
    ("an agreement stipulates", "وتوصل الطرفان إلى حل سلمي يقضي بانسحاب القوات."),
    ("a verse is nobody's statement", "ثم قال تعالى: «إن مع العسر يسرا»."),
    ("after the match, not a comment", 'عقب المباراة "الودية" غادر الفريق المدينة.'),
    ("a slogan in marks", 'واختتم المركز المهرجان تحت شعار "أطفالنا مستقبل الوطن".'),
]


@pytest.mark.parametrize(("reason", "body"), SILENT, ids=[row[0] for row in SILENT])
def test_it_finds_nothing_in(reason: str, body: str) -> None:
    assert extract_statements("", body) == [], reason


def test_a_country_before_a_headlines_colon_is_where_the_news_is_from() -> None:
    """«ماليزيا: …» speaks only where the article has it speak."""
    title = "ماليزيا: الحطام يعود إلى الطائرة المفقودة"
    silent = extract_statements(title, "عثر صيادون على حطام طائرة قرب الجزيرة أمس.")
    spoken = extract_statements(title, "أكدت ماليزيا أن الحطام يعود إلى الطائرة المفقودة.")
    assert [s for s in silent if s.field is Field.TITLE] == []
    assert [s.speaker for s in spoken if s.field is Field.TITLE] == ["ماليزيا"]


def test_a_short_form_is_not_completed_from_a_body_named_only_later() -> None:
    body = "وأكدت الشرطة أن الرجل أوقف. وقال سامر الحلبي قائد شرطة الحدود إن التحقيق بدأ."
    assert extract_statements("", body)[0].speaker_name == "الشرطة"
