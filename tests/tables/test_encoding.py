import codecs

import pytest

from aipm.tables.encoding import Encoding, detect_encoding, is_utf8, named_encoding, to_utf8
from aipm.tables.model import ReadError

NAMES = {
    "French": "id,nom,ville\n1,Zoé,Orléans\n2,François,Besançon\n3,Hélène,Nîmes\n",
    "German": "id,Name,Stadt\n1,Müller,München\n2,Groß,Köln\n3,Jäger,Düsseldorf\n",
    "Swedish": "id,namn,ort\n1,Åsa,Malmö\n2,Björn,Växjö\n3,Sören,Göteborg\n",
    "Polish": "id,imię,miasto\n1,Łukasz,Łódź\n2,Święta,Gdańsk\n3,Małgorzata,Częstochowa\n",
    "Czech": "id,jméno,město\n1,Jiří,Plzeň\n2,Zdeněk,Děčín\n3,Růžena,Žďár\n",
    "Hungarian": "id,név,város\n1,Győző,Győr\n2,Erzsébet,Székesfehérvár\n3,Ödön,Kőszeg\n",
    "Turkish": "id,isim,şehir\n1,Ayşe,İstanbul\n2,Oğuz,Muğla\n3,Işıl,Eskişehir\n",
    "Lithuanian": "id,vardas,miestas\n1,Žydrūnas,Šiauliai\n2,Eglė,Panevėžys\n",
    "Russian": "id,имя,город\n0,Иван,Москва\n1,Ольга,Санкт-Петербург\n2,Анна,Новосибирск\n",
    "Greek": "id,όνομα,πόλη\n1,Γιώργος,Αθήνα\n2,Μαρία,Θεσσαλονίκη\n",
    "Hebrew": "id,שם,עיר\n1,דוד,ירושלים\n2,שרה,חיפה\n3,משה,תל אביב\n",
    "Japanese": "番号,名前,都市\n0,山田太郎,東京\n1,鈴木花子,大阪\n2,さくら,カタカナ\n",
    "Chinese": "编号,姓名,城市\n1,王伟,北京\n2,李娜,上海\n3,张敏,广州\n4,刘洋,深圳\n",
    "Taiwanese": "編號,姓名,城市\n1,王偉,臺北\n2,李娜,高雄\n3,張敏,臺中\n4,劉洋,新竹\n",
    "Korean": "번호,이름,도시\n1,김철수,서울\n2,이영희,부산\n3,박민수,대구\n",
}


def decoded(data):
    encoding = detect_encoding(data)
    text, warnings = to_utf8(data, encoding)
    return text.decode(), encoding, {warning.code: warning.count for warning in warnings}


@pytest.mark.parametrize("language", NAMES)
def test_utf8_is_certain_and_not_copied(language):
    data = NAMES[language].encode()
    encoding = detect_encoding(data)
    assert encoding == Encoding("utf-8")
    assert to_utf8(data, encoding) == (data, ())
    assert to_utf8(data, encoding)[0] is data


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, None])
def test_a_byte_order_mark_settles_it_and_is_no_part_of_the_text(codec, mark):
    data = mark + NAMES["Polish"].encode("utf-16-be") if mark else NAMES["Polish"].encode(codec)
    assert decoded(data)[0] == NAMES["Polish"]
    assert decoded(data)[2] == {}


@pytest.mark.parametrize("language", ["German", "Russian", "Chinese"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_found_and_said_to_be_a_guess(language, codec):
    text, encoding, warnings = decoded(NAMES[language].encode(codec))
    assert (text, encoding.name, warnings) == (NAMES[language], codec, {"encoding_guessed": 1})


@pytest.mark.parametrize(
    ("language", "codec"),
    [
        *[("French", codec) for codec in ("cp1252", "iso8859-15", "mac-roman", "cp850")],
        *[("German", codec) for codec in ("cp1252", "mac-roman", "cp850")],
        *[("Swedish", codec) for codec in ("cp1252", "cp850")],
        *[(language, codec) for language in ("Polish", "Czech", "Hungarian") for codec in ("cp1250", "iso8859-2")],
        ("Turkish", "cp1254"),
        ("Lithuanian", "cp1257"),
        *[("Russian", codec) for codec in ("cp1251", "koi8-r", "cp866")],
        ("Greek", "cp1253"),
        ("Hebrew", "cp1255"),
        *[("Japanese", codec) for codec in ("shift-jis", "euc-jp", "iso2022-jp")],
        ("Chinese", "gb18030"),
        ("Taiwanese", "big5"),
        ("Korean", "euc-kr"),
    ],
)
def test_older_encodings_are_told_by_their_letters_and_said_to_be_a_guess(language, codec):
    text, encoding, warnings = decoded(NAMES[language].encode(codec))
    assert text == NAMES[language]
    assert encoding.guessed
    assert warnings == {"encoding_guessed": 1}


def test_windows_1252_is_the_guess_where_nothing_tells():
    assert detect_encoding("price\n5 £\n".encode("cp1252")).name == "windows-1252"
    assert decoded("q\n“A” – €5\n".encode("cp1252"))[0] == "q\n“A” – €5\n"


def test_lines_of_two_encodings_are_each_read_in_their_own():
    data = "id,name\n1,Zoé\n2,Noël\n".encode() + "3,Zoë\n".encode("latin-1")
    text, encoding, warnings = decoded(data)
    assert text == "id,name\n1,Zoé\n2,Noël\n3,Zoë\n"
    assert encoding.mixed
    assert warnings == {"encoding_mixed": 1}


def test_punctuation_that_became_control_characters_is_put_right():
    text, _, warnings = decoded("7 \x96 8 \x91x\x92\n".encode())
    assert text == "7 – 8 ‘x’\n"
    assert warnings == {"control_characters_mended": 3}


@pytest.mark.parametrize(
    "data",
    [
        bytes(4096),
        bytes(range(256)) * 20,
        b"SQLite format 3\x00" + bytes(84),
        b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix",
        b"abc" * 5000 + bytes([1, 2, 3, 4, 5, 6, 14]),
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(ReadError) as refusal:
        detect_encoding(data)
    assert refusal.value.code == "not_text"


@pytest.mark.parametrize("data", [b"a\x01b\n1\x012\n" * 9, b"id,name\n1,An\x00a\n2,Bob\n"])
def test_a_control_character_as_delimiter_or_a_stray_nul_is_text(data):
    assert detect_encoding(data).name == "utf-8"


def test_a_person_may_name_the_encoding():
    data = NAMES["Russian"].encode("koi8-r")
    assert to_utf8(data, named_encoding("KOI8-R", data))[0].decode() == NAMES["Russian"]
    marked = NAMES["French"].encode("utf-16")
    assert to_utf8(marked, named_encoding("utf-16", marked))[0].decode() == NAMES["French"]


def test_bytes_that_the_chosen_encoding_does_not_know_are_replaced_and_counted():
    data = b"id\nZo\xe9\n"
    text, (warning,) = to_utf8(data, named_encoding("utf-8", data))
    assert text.decode() == "id\nZo\ufffd\n"
    assert (warning.code, warning.count) == ("encoding_errors", 1)


@pytest.mark.parametrize("name", ["klingon", "hex", "zip"])
def test_an_encoding_that_is_none_is_refused(name):
    with pytest.raises(ReadError) as refusal:
        named_encoding(name, b"")
    assert refusal.value.code == "unknown_encoding"


@pytest.mark.parametrize("data", [b"", b"abc", "é€𝄞".encode(), b"\xc3", b"\xed\xa0\x80", b"a\xffb"])
def test_strict_utf8_is_what_python_takes_for_it(data):
    try:
        data.decode()
        valid = True
    except UnicodeDecodeError:
        valid = False
    assert is_utf8(data) is valid
