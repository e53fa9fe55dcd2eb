"""Statements of whole sentences: one row per rule, with its reason."""

from __future__ import annotations

import pytest

from corpus.quotes.extract import extract_statements
from corpus.quotes.types import Field, Kind, SpeakerType

DIRECT, COLON, INDIRECT = Kind.DIRECT, Kind.COLON, Kind.INDIRECT

# reason, body, [(kind, words, speaker as written, fullest name)]
SPOKEN = [
    (
        "a quotation after a colon",
        'قال سمير الحداد: "سنفتح الجسر الجديد أمام السيارات غدا".',
        [(DIRECT, "سنفتح الجسر الجديد أمام السيارات غدا", "سمير الحداد", "سمير الحداد")],
    ),
    (
        "guillemets",
        "وقالت ليلى منصور: «لن نغلق المدرسة هذا العام مهما حدث».",
        [(DIRECT, "لن نغلق المدرسة هذا العام مهما حدث", "ليلى منصور", "ليلى منصور")],
    ),
    (
        "curly marks typed the other way round",
        "وأضاف نبيل فارس: ”نحتاج إلى وقت أطول لإنجاز العمل“.",
        [(DIRECT, "نحتاج إلى وقت أطول لإنجاز العمل", "نبيل فارس", "نبيل فارس")],
    ),
    (
        "two apostrophes as a mark",
        "وقال نبيل فارس: ''نحتاج إلى وقت أطول لإنجاز العمل''.",
        [(DIRECT, "نحتاج إلى وقت أطول لإنجاز العمل", "نبيل فارس", "نبيل فارس")],
    ),
    (
        "inna directly before the quotation: the marked words only",
        'وقال وزير النقل كريم صالح إن "الجسر سيفتح أمام السيارات صباح غد".',
        [(DIRECT, "الجسر سيفتح أمام السيارات صباح غد", "كريم صالح", "كريم صالح")],
    ),
    (
        "partly marked: the whole and the marked words",
        'وقال وزير النقل كريم صالح إن الجسر الجديد "تحفة هندسية فريدة" في المنطقة.',
        [
            (
                INDIRECT,
                'إن الجسر الجديد "تحفة هندسية فريدة" في المنطقة',
                "كريم صالح",
                "كريم صالح",
            ),
            (DIRECT, "تحفة هندسية فريدة", "كريم صالح", "كريم صالح"),
        ],
    ),
    (
        "reported speech with an",
        "وأكد مدير المستشفى خالد ناصر أن جميع المصابين غادروا بعد تلقي العلاج.",
        [
            (
                INDIRECT,
                "أن جميع المصابين غادروا بعد تلقي العلاج",
                "خالد ناصر",
                "خالد ناصر",
            )
        ],
    ),
    (
        "a preposition before an is part of the words",
        "وأشارت وزارة الصحة إلى أن اللقاح متوفر في جميع المراكز.",
        [(INDIRECT, "إلى أن اللقاح متوفر في جميع المراكز", "وزارة الصحة", "وزارة الصحة")],
    ),
    (
        "a preposition and a verbal noun",
        "وطالبت النقابة بتحسين ظروف العمل في المصانع.",
        [(INDIRECT, "بتحسين ظروف العمل في المصانع", "النقابة", "النقابة")],
    ),
    (
        "a bare object",
        "وأكد وزير الزراعة هاني سليم ضرورة حماية الغابات من الحرائق.",
        [(INDIRECT, "ضرورة حماية الغابات من الحرائق", "هاني سليم", "هاني سليم")],
    ),
    (
        "a bare object with the speaker's pronoun",
        "ونفى رئيس النادي طارق جميل استقالته من منصبه نهاية الموسم.",
        [(INDIRECT, "استقالته من منصبه نهاية الموسم", "طارق جميل", "طارق جميل")],
    ),
    (
        "words after a colon without marks",
        "وأضاف فؤاد ناصر: لا شك أن هذا المشروع سيوفر آلاف الوظائف للشباب.",
        [
            (
                COLON,
                "لا شك أن هذا المشروع سيوفر آلاف الوظائف للشباب",
                "فؤاد ناصر",
                "فؤاد ناصر",
            )
        ],
    ),
    (
        "the participle's speaker is the sentence's",
        "وأعلن رئيس البلدية عمر جابر أن الحديقة ستفتح قريبا، مشيرا إلى أن الدخول مجاني.",
        [
            (INDIRECT, "أن الحديقة ستفتح قريبا", "عمر جابر", "عمر جابر"),
            (INDIRECT, "إلى أن الدخول مجاني", "عمر جابر", "عمر جابر"),
        ],
    ),
    (
        "a hidden subject goes on",
        "وقالت الباحثة هند كمال إن النتائج مشجعة. وأضافت أن الدراسة ستستمر عامين.",
        [
            (INDIRECT, "إن النتائج مشجعة", "هند كمال", "هند كمال"),
            (INDIRECT, "أن الدراسة ستستمر عامين", "هند كمال", "هند كمال"),
        ],
    ),
    (
        "a hidden subject agrees in gender: a feminine verb skips the man",
        "وقالت سعاد فهمي إن الحفل ناجح. وقال نادر كامل إن الحضور كبير. "
        "وأضافت أن الدخل سيذهب إلى الفقراء.",
        [
            (INDIRECT, "إن الحفل ناجح", "سعاد فهمي", "سعاد فهمي"),
            (INDIRECT, "إن الحضور كبير", "نادر كامل", "نادر كامل"),
            (INDIRECT, "أن الدخل سيذهب إلى الفقراء", "سعاد فهمي", "سعاد فهمي"),
        ],
    ),
    (
        "the surname stands for the full name",
        'وصل المدرب جورج حداد أمس. وقال حداد: "أنا سعيد بالعودة إلى هذا الفريق".',
        [(DIRECT, "أنا سعيد بالعودة إلى هذا الفريق", "حداد", "جورج حداد")],
    ),
    (
        "a name in apposition between commas",
        "وقال وزير الطاقة، سامي رشدي، إن الأسعار ستنخفض قريبا.",
        [(INDIRECT, "إن الأسعار ستنخفض قريبا", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "a relative clause between subject and words",
        "وقال سامي رشدي الذي يرأس اللجنة منذ عامين إن الأسعار ستنخفض قريبا.",
        [(INDIRECT, "إن الأسعار ستنخفض قريبا", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "a spokesman with his name",
        "وقال المتحدث باسم الشرطة ماهر زيدان إن المشتبه به هرب.",
        [(INDIRECT, "إن المشتبه به هرب", "ماهر زيدان", "ماهر زيدان")],
    ),
    (
        "an unnamed source",
        "وقال مصدر أمني إن الطريق أغلق بعد الحادث.",
        [(INDIRECT, "إن الطريق أغلق بعد الحادث", "مصدر أمني", "مصدر أمني")],
    ),
    (
        "to whom it was said is not who said it",
        "وقال مصدر طبي لوكالة رويترز إن ثلاثة أشخاص أصيبوا.",
        [(INDIRECT, "إن ثلاثة أشخاص أصيبوا", "مصدر طبي", "مصدر طبي")],
    ),
    (
        "the subject before its verb",
        "لكن سامي رشدي نفى أن تكون الأسعار قد ارتفعت.",
        [(INDIRECT, "أن تكون الأسعار قد ارتفعت", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "after kana the subject stands before the verb",
        "وكانت وزارة التعليم قد أعلنت أن الدراسة ستبدأ الأحد.",
        [(INDIRECT, "أن الدراسة ستبدأ الأحد", "وزارة التعليم", "وزارة التعليم")],
    ),
    (
        "an agency that quotes another: the quoted one speaks",
        "ونقلت وكالة الأنباء عن وزير الطاقة سامي رشدي قوله إن الأسعار ستنخفض قريبا.",
        [(INDIRECT, "إن الأسعار ستنخفض قريبا", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "attribution before what was said",
        "وبحسب وزارة الداخلية، فإن عشرة أشخاص اعتقلوا خلال العملية.",
        [
            (
                INDIRECT,
                "فإن عشرة أشخاص اعتقلوا خلال العملية",
                "وزارة الداخلية",
                "وزارة الداخلية",
            )
        ],
    ),
    (
        "attribution after what was said",
        "اعتقل عشرة أشخاص خلال العملية الأمنية، بحسب وزارة الداخلية.",
        [
            (
                INDIRECT,
                "اعتقل عشرة أشخاص خلال العملية الأمنية",
                "وزارة الداخلية",
                "وزارة الداخلية",
            )
        ],
    ),
    (
        "a speaker's sub-headline",
        "حضر كريم صالح الافتتاح.\nوقال كريم صالح إن العمل انتهى.\n"
        "صالح: الجسر مفتوح للجميع\nوحضر الحفل كثيرون.",
        [
            (INDIRECT, "إن العمل انتهى", "كريم صالح", "كريم صالح"),
            (COLON, "الجسر مفتوح للجميع", "صالح", "كريم صالح"),
        ],
    ),
    (
        "contrast ends the reported words",
        "وقالت الشركة إن الإنتاج سيبدأ قريبا لكن العمال لم يتسلموا أجورهم.",
        [(INDIRECT, "إن الإنتاج سيبدأ قريبا", "الشركة", "الشركة")],
    ),
    (
        "a second speaker in the sentence",
        "وقال سامي رشدي إن الأسعار ستنخفض، بينما قال نادر كامل إن الأسعار سترتفع.",
        [
            (INDIRECT, "إن الأسعار ستنخفض", "سامي رشدي", "سامي رشدي"),
            (INDIRECT, "إن الأسعار سترتفع", "نادر كامل", "نادر كامل"),
        ],
    ),
    (
        "a verbal noun whose speaker follows it",
        "ارتفعت الأسهم بعد إعلان وزارة الطاقة أن الأسعار ستنخفض.",
        [(INDIRECT, "أن الأسعار ستنخفض", "وزارة الطاقة", "وزارة الطاقة")],
    ),
    (
        "points inside an abbreviation end no sentence",
        "وقال سامي رشدي لمحطة (سي.إن.إن) إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "circumstances after a demand are the reporter's",
        "ودعا سامي رشدي إلى وقف القتال، بعد مقتل عشرة أشخاص في الاشتباكات.",
        [(INDIRECT, "إلى وقف القتال", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "a counted accused is not accusing",
        "وقالت النيابة إن عدد الموقوفين بلغ 131 متهما في القضية.",
        [(INDIRECT, "إن عدد الموقوفين بلغ 131 متهما في القضية", "النيابة", "النيابة")],
    ),
    (
        "who issued a text speaks",
        "أغلقت الطرق المؤدية إلى المدينة، بحسب بيان أصدرته وزارة الداخلية.",
        [
            (
                INDIRECT,
                "أغلقت الطرق المؤدية إلى المدينة",
                "وزارة الداخلية",
                "وزارة الداخلية",
            )
        ],
    ),
    (
        "the given name Ali is no preposition",
        "وقال علي سليمان إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "علي سليمان", "علي سليمان")],
    ),
    (
        "a trainer's club is not his name",
        "وقال مدرب برشلونة لويس كارلوس إن الفريق جاهز.",
        [(INDIRECT, "إن الفريق جاهز", "لويس كارلوس", "لويس كارلوس")],
    ),
    (
        "between subject and words an agency's credit",
        "وقال علماء في الجامعة، وفق ما ذكرت صحيفة الأيام، إن الدواء آمن.",
        [(INDIRECT, "إن الدواء آمن", "علماء في الجامعة", "علماء في الجامعة")],
    ),
    (
        "an accusation with whom it blames",
        "واتهم وزير الطاقة سامي رشدي الشركات بإخفاء الأرباح.",
        [(INDIRECT, "الشركات بإخفاء الأرباح", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "an everyday feminine noun is no surname",
        "وقالت نادية الحمدان التجربة إن العمل ناجح.",
        [(INDIRECT, "إن العمل ناجح", "نادية الحمدان", "نادية الحمدان")],
    ),
    (
        "an everyday noun after a surname is what the verb is done to",
        "ودعا قطان الأهالي إلى حماية الغابة من الحرائق.",
        [(INDIRECT, "إلى حماية الغابة من الحرائق", "قطان", "قطان")],
    ),
    (
        "an everyday adjective after a given name is a surname",
        "وقال محمد الشريف إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "محمد الشريف", "محمد الشريف")],
    ),
    (
        "a trade after a given name is a surname",
        "وقال سامر الحداد إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "سامر الحداد", "سامر الحداد")],
    ),
    (
        "what can speak is a surname after a given name as well",
        "وأكد مدير المدرسة كمال الصباغ أن العمل بدأ.",
        [(INDIRECT, "أن العمل بدأ", "كمال الصباغ", "كمال الصباغ")],
    ),
    (
        "a post right after a given name alone is a surname",
        "وقالت ليلى القاضي إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "ليلى القاضي", "ليلى القاضي")],
    ),
    (
        "a post with something of its own is none",
        "وقال سلمان القائد الأعلى للقوات إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "سلمان", "سلمان")],
    ),
    (
        "two names of origin are a surname",
        "وقال سعد العتيبي الحربي إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "سعد العتيبي الحربي", "سعد العتيبي الحربي")],
    ),
    (
        "of two speakers the first is named",
        "وقالت ليلى منصور ونبيل فارس إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "ليلى منصور", "ليلى منصور")],
    ),
    (
        "a second speaker with his post is no part of the name",
        "وقال سامي رشدي والوزير كريم صالح إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "a demonstrative ends a name",
        "وقال سامي رشدي هذا إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "a verbal noun with the speaker's pronoun is no name",
        "أعلنت منظمة الصحة انزعاجها من نقص الأدوية.",
        [(INDIRECT, "انزعاجها من نقص الأدوية", "منظمة الصحة", "منظمة الصحة")],
    ),
    (
        "whom a wish is for is not who wishes",
        "وتمنى سامي رشدي للحمدان التوفيق في عمله الجديد.",
        [(INDIRECT, "للحمدان التوفيق في عمله الجديد", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "those whom an appeal addresses do not make it",
        "وقالت الوزيرة هند كمال إن الخطة جاهزة. ودعت الدول الصناعية إلى خفض الانبعاثات.",
        [
            (INDIRECT, "إن الخطة جاهزة", "هند كمال", "هند كمال"),
            (INDIRECT, "إلى خفض الانبعاثات", "هند كمال", "هند كمال"),
        ],
    ),
    (
        "a body that calls is the subject all the same",
        "ودعت النقابة إلى خفض الأسعار.",
        [(INDIRECT, "إلى خفض الأسعار", "النقابة", "النقابة")],
    ),
    (
        "a title inside reported words is not speech",
        'وقالت الكاتبة ليلى منصور إنها سعيدة بصدور كتابها "بيت على الماء" هذا العام.',
        [
            (
                INDIRECT,
                'إنها سعيدة بصدور كتابها "بيت على الماء" هذا العام',
                "ليلى منصور",
                "ليلى منصور",
            )
        ],
    ),
    (
        "a title between a cue and its words is passed over",
        "وأشارت الباحثة ليلى منصور في ديوانها الجديد «بيت على الماء» إلى أن الشعر باق.",
        [(INDIRECT, "إلى أن الشعر باق", "ليلى منصور", "ليلى منصور")],
    ),
    (
        "through a channel: the preposition spelled like a cue",
        "أعلنت إدارة النادي عبر حسابها في الشبكة أنها تعاقدت مع المدرب.",
        [(INDIRECT, "أنها تعاقدت مع المدرب", "إدارة النادي", "إدارة النادي")],
    ),
    (
        "when it was announced is the reporter's",
        "أعلن رئيس النادي طارق جميل استقالته من منصبه بعد أن خسر الفريق مباراته.",
        [(INDIRECT, "استقالته من منصبه", "طارق جميل", "طارق جميل")],
    ),
    (
        "what came before, after a comma, is the reporter's",
        "وخلص الباحثون إلى أن الجهاز غير آمن، بعد أن فحصوا عشرين غرفة.",
        [(INDIRECT, "إلى أن الجهاز غير آمن", "الباحثون", "الباحثون")],
    ),
    (
        "without a comma 'after' belongs to the clause",
        "وأكد سامي رشدي أن العمل سيبدأ بعد أن تصل المعدات.",
        [(INDIRECT, "أن العمل سيبدأ بعد أن تصل المعدات", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "as he announced: kama after what was said",
        "انهار الجسر القديم فجر أمس كما أعلن وزير النقل كريم صالح.",
        [(INDIRECT, "انهار الجسر القديم فجر أمس", "كريم صالح", "كريم صالح")],
    ),
    (
        "he also called: kama before words of its own",
        "وأكد كريم صالح أن الجسر آمن، كما دعا إلى إصلاح الطرق القديمة.",
        [
            (INDIRECT, "أن الجسر آمن", "كريم صالح", "كريم صالح"),
            (INDIRECT, "إلى إصلاح الطرق القديمة", "كريم صالح", "كريم صالح"),
        ],
    ),
    (
        "a time after a name is no part of it",
        "وقال سامي رشدي الأسبوع الماضي إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "an adverb after a name is no part of it",
        "وانتقد سامي رشدي بشدة قرار الإغلاق.",
        [(INDIRECT, "قرار الإغلاق", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "a verb after a name is no part of it",
        "وكان سامي رشدي ينفي أن العمل بدأ.",
        [(INDIRECT, "أن العمل بدأ", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "of two countries the first",
        "وقالت إيطاليا وفرنسا إن العمل في الجسر بدأ.",
        [(INDIRECT, "إن العمل في الجسر بدأ", "إيطاليا", "إيطاليا")],
    ),
    (
        "a place with its preposition is no part of the name",
        "وقال المبعوث الخاص لإسبانيا سامي رشدي إن العمل بدأ.",
        [(INDIRECT, "إن العمل بدأ", "سامي رشدي", "سامي رشدي")],
    ),
    (
        "a surname in the shape of an adjective after a personal title",
        "ونوه الدكتور الشهري بالأدباء ورجال الأعمال في المنطقة.",
        [
            (INDIRECT, "بالأدباء ورجال الأعمال في المنطقة", "الشهري", "الشهري"),
        ],
    ),
    (
        "a nationality between a personal title and a name",
        "وقال الدكتور السعودي أحمد سالم إن العمل بدأ.",
        [
            (INDIRECT, "إن العمل بدأ", "أحمد سالم", "أحمد سالم"),
        ],
    ),
    (
        "a verb before a name elsewhere is no part of the fullest name",
        "وأكدت هند أن العمل طويل. وتعتصم هند أمام المقر.",
        [
            (INDIRECT, "أن العمل طويل", "هند", "هند"),
        ],
    ),
    (
        "between two countries: no verb of making clear",
        'وتحدث سامي رشدي عن الخلاف بين تركيا واليونان وقال: "لا توجد طريقة للوفاء بوعدي".',
        [
            (DIRECT, "لا توجد طريقة للوفاء بوعدي", "سامي رشدي", "سامي رشدي"),
        ],
    ),
    (
        "among them: no verb of making clear",
        'ومن بين هؤلاء "جزء مهم يتكون من عدة آلاف من العمال"، بحسب الوزارة.',
        [
            (INDIRECT, 'ومن بين هؤلاء "جزء مهم يتكون من عدة آلاف من العمال"', "الوزارة", "الوزارة"),
            (DIRECT, "جزء مهم يتكون من عدة آلاف من العمال", "الوزارة", "الوزارة"),
        ],
    ),
    (
        "what comes after bin is a name even where it is a post too",
        "وأكد الأمير عبدالرحمن بن مساعد أن الفريق جاهز.",
        [
            (INDIRECT, "أن الفريق جاهز", "عبدالرحمن بن مساعد", "عبدالرحمن بن مساعد"),
        ],
    ),
    (
        "a definite given name before bin",
        "وأكد الأمير الوليد بن طلال أن المشروع كبير.",
        [
            (INDIRECT, "أن المشروع كبير", "الوليد بن طلال", "الوليد بن طلال"),
        ],
    ),
    (
        "the idiom's own noun is no part of the speaker",
        "ولفت التقرير النظر إلى انخفاض الأسعار في المدينة.",
        [
            (INDIRECT, "إلى انخفاض الأسعار في المدينة", "التقرير", "التقرير"),
        ],
    ),
]


@pytest.mark.parametrize(("reason", "body", "expected"), SPOKEN, ids=[row[0] for row in SPOKEN])
def test_it_finds(reason: str, body: str, expected: list[tuple[Kind, str, str, str]]) -> None:
    found = [(s.kind, s.text, s.speaker, s.speaker_name) for s in extract_statements("", body)]
    assert found == expected, reason


# reason, body
SILENT = [
    ("nothing at all", ""),
    ("an operation in marks", 'بدأ الجيش عملية "النسر الذهبي" شمال البلاد أمس.'),
    ("a film in marks", 'يعرض فيلم "ليالي المدينة" في دور السينما هذا الأسبوع.'),
    ("a nickname in marks", 'فاز اللاعب الملقب بـ"الصقر" بالجائزة الأولى.'),
    ("meeting is not saying", "التقى وزير الطاقة سامي رشدي نظيره أمس في العاصمة."),
    ("impersonal: it is worth recalling", "يذكر أن المصنع أغلق قبل عامين."),
    ("what somebody believes", "ويعتقد كثيرون أن الأسعار ستنخفض قريبا."),
    ("a negated verb", "ولم يؤكد سامي رشدي أن الأسعار ستنخفض."),
    ("a purpose, not an utterance", "ومن المتوقع أن يعلن الوزير الأسبوع المقبل."),
    ("after is no complement", "وعاد اللاعب إلى التدريب بعد أن تعافى من الإصابة."),
    ("a book in marks", 'صدر كتاب "بيت على الماء" عن دار النشر هذا الأسبوع.'),
    (
        "a poem with an adjective before its title",
        'وألقى قصيدته الشهيرة "أغنية المطر الأخير" في الحفل.',
    ),
    ("a number in marks", 'وبلغ عدد الزوار "450" زائرا، وقد ارتفع هذا العام.'),
    ("nobody's findings", "وأشارت التقارير إلى أن الطقس سيكون باردا."),
]


@pytest.mark.parametrize(("reason", "body"), SILENT, ids=[row[0] for row in SILENT])
def test_it_finds_nothing_in(reason: str, body: str) -> None:
    assert extract_statements("", body) == [], reason


def test_it_never_guesses_a_speaker() -> None:
    body = 'انتهى الاجتماع مساء.\n"نريد أن نعيش بسلام في بيوتنا وأن يعود أطفالنا إلى مدارسهم".'
    assert {s.speaker for s in extract_statements("", body)} <= {""}


def test_it_reads_speaker_headlines() -> None:
    title = "سامي رشدي: الأسعار ستنخفض قريبا"
    [statement] = extract_statements(title, "")
    assert (statement.field, statement.kind) == (Field.TITLE, COLON)
    assert title[statement.start : statement.end] == "الأسعار ستنخفض قريبا"
    assert statement.speaker == "سامي رشدي"


TYPES = [
    ("a name", "وقال سامي رشدي إن العمل بدأ.", SpeakerType.PERSON),
    ("a body", "وقالت وزارة الطاقة إن العمل بدأ.", SpeakerType.ORGANISATION),
    ("a post", "وقال المتحدث باسم الوزارة إن العمل بدأ.", SpeakerType.ROLE),
    ("a source", "وقال مصدر أمني إن العمل بدأ.", SpeakerType.UNNAMED),
]


@pytest.mark.parametrize(("reason", "body", "expected"), TYPES, ids=[row[0] for row in TYPES])
def test_it_tells_speakers_apart(reason: str, body: str, expected: SpeakerType) -> None:
    [statement] = extract_statements("", body)
    assert statement.speaker_type is expected, reason


def test_it_keeps_the_post_as_the_article_gives_it() -> None:
    [statement] = extract_statements("", "وقال وزير الطاقة سامي رشدي إن العمل بدأ.")
    assert statement.speaker_role == "وزير الطاقة"


def test_confidence_is_a_probability_and_knows_a_plain_case() -> None:
    plain = extract_statements("", 'وقال وزير الطاقة سامي رشدي: "سنبدأ العمل في الحقل غدا".')
    assert 0.7 <= plain[0].confidence <= 1
