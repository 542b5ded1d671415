"""Invented values: names, codes, amounts, dates, sentences. Each is (value, spellings in a text)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from random import Random


class Num(str):
    """A JSON number kept as the digits that the text shows (`12.50` stays `12.50`)."""


@dataclass
class Value:
    """What the JSON says and how a text may say it."""

    json: object
    text: str
    amount: bool = False


ADJ = """red blue green black white silver golden large small heavy light round square flat deep narrow wide soft hard
wooden steel copper glass paper cotton plastic ceramic rubber leather woollen bamboo electric manual digital portable
folding spare main upper lower inner outer front rear left right early late fresh dry wet hot cold warm quiet loud quick slow
smart simple double single triple extra basic premium compact sturdy vintage modern organic local remote central public
private daily weekly monthly annual maximum minimum average total net gross first last next previous current final""".split()

NOUN = """kettle lamp chair table desk shelf cable hinge screw bolt bracket filter pump valve motor sensor battery charger
keyboard monitor printer router switch adapter camera tripod lens helmet jacket glove boot scarf blanket pillow towel bottle
cup plate bowl spoon knife fork pan pot basket box crate bag case frame mirror clock vase candle brush bucket ladder hammer
drill saw wrench plier tape rope chain lock key handle door window panel tile brick pipe hose tank wheel tyre pedal saddle
bell tent stove lantern compass map notebook pencil folder stapler envelope stamp card poster ticket voucher carpet curtain
tea coffee flour sugar honey butter cheese bread apple pear plum carrot onion potato bean lentil rice oat walnut almond
garden engine server backup account licence report survey lesson course workshop repair cleaning delivery inspection""".split()

TOPIC = """height width length depth weight volume level speed pressure temperature humidity voltage current power load
distance radius angle depth rate score rank limit budget cost price fee tax margin count size age capacity duration delay
interval offset position channel zone sector region branch team group class grade stage phase status mode type kind colour
flavour material brand model version label title subject topic theme source target origin route gate seat room floor desk
owner author editor sender receiver driver guest host manager agent supplier vendor sponsor witness doctor teacher student
captain pilot coach referee player member visitor contact code number reference token serial batch lot shelf rack drawer
folder file page chapter line note comment remark reason cause result outcome summary motto slogan nickname password street
harbour village station platform track bridge river island valley forest""".split()

VERB = """open close check clean move repair replace send return review sign print paint pack ship test update install
remove measure record confirm cancel approve reject refund order deliver collect label sort count weigh inspect book""".split()

PAST = """opened closed checked cleaned moved repaired replaced sent returned reviewed signed printed painted packed shipped
tested updated installed removed measured recorded confirmed cancelled approved rejected ordered delivered collected labelled
sorted counted weighed inspected booked started stored built sealed filed stamped washed cut polished trained invited hired
called tagged charged locked planted picked stitched framed tuned rented cooked frozen heated stamped published""".split()

QUALITY = """dirty empty full broken used new local organic waterproof portable washable toxic flammable sharp soft cold loud
quiet ready late early open public private mandatory exclusive handmade seasonal spicy sweet salty wireless digital safe
sturdy insured outdoor indoor wet dry rainy sunny foggy windy visible hidden temporary permanent legal empty sold rare""".split()

MEASURES = ["cm", "mm", "m", "km", "kg", "g", "kilos", "grams", "tons", "litres", "ml", "minutes", "hours", "seconds", "days", "weeks", "watts", "kwh", "volts", "mb",
            "gb", "percent", "degrees", "metres", "miles", "eur", "usd", "pounds", "points", "ppm", "bar", "rpm"]
PLURALS = """doors windows chairs tables lamps boxes crates bottles rooms floors seats wheels pages copies photos goals shots
laps rounds visits calls trips nights lessons tickets vouchers stamps shelves drawers batteries sensors cables bricks tiles trees
flowers horses sheep chickens boats buses trucks bicycles parcels letters samples tablets portions slices eggs apples errors
retries members guests players teams workers nurses pupils sheets frames barrels bags rows columns beds keys""".split()

FIRST = """Anna Ben Carla David Elena Felix Greta Henry Irene Jack Karin Leo Maria Nico Olga Paul Rosa Simon Tina Victor
Wanda Yara Zoe Ahmed Bianca Chen Dario Emeka Fatima Goran Hana Ivan Jin Kofi Lucia Mei Noor Omar Priya Ravi Sara Tomas""".split()

ONSET = "b c d f g h j k l m n p r s t v w z br cr dr fr gr kr pr tr bl cl fl gl pl sl st sp sk sh ch th sch qu y".split()
VOWEL = "a e i o u a e i o u ai ea ee ie oa ou y ei au oo".split()
CODA = ["", "", "", "n", "r", "l", "s", "t", "m", "d", "k", "x", "nd", "rt", "st", "ck", "ng", "lm", "rn", "th", "sk", "v"]
ODD = {"a": "áàäåã", "e": "éèëê", "i": "íï", "o": "óöøô", "u": "úüû", "n": "ñ", "s": "š", "c": "ç", "l": "ł", "z": "ž"}
MONTHS = "January February March April May June July August September October November December".split()
SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty""".split()
CURRENCIES = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF ", "JPY": "¥", "SEK": "SEK ", "PLN": "PLN ", "INR": "₹", "CAD": "CA$", "AUD": "A$"}
COUNTRIES = """Germany France Spain Italy Norway Sweden Poland Ireland Japan Kenya Brazil Canada Mexico India Chile Ghana
Austria Greece Turkey Vietnam Portugal Denmark Finland Belgium""".split()
UNITS = "kg g mg km m cm mm l ml h min s ms °C K V W kW bar Pa % Hz rpm lx ppm dB kWh GB MB".split()

PIECES = [w for w in ADJ + NOUN + TOPIC + VERB + PAST + QUALITY + PLURALS + [c.lower() for c in COUNTRIES + MONTHS + FIRST] if len(w) > 3]


@dataclass
class Words:
    """A seeded source of values. `currency` is fixed for one document."""

    r: Random
    first: list[str] = field(default_factory=lambda: FIRST)
    nouns: list[str] = field(default_factory=lambda: NOUN)
    adjectives: list[str] = field(default_factory=lambda: ADJ)
    onset: list[str] = field(default_factory=lambda: ONSET)
    coda: list[str] = field(default_factory=lambda: CODA)

    def __post_init__(self):
        self.currency = self.r.choice(list(CURRENCIES))

    def syllables(self, low=1, high=3) -> str:
        r = self.r
        if r.random() < 0.3:
            return self.scraps(low, high)
        n = min(high, max(low, r.choice([1, 2, 2, 2, 2, 3])))
        plain = lambda many: r.choice([x for x in many if len(x) < 2] if r.random() < 0.6 else many)
        word = "".join(plain(self.onset) + plain(VOWEL) + (plain(self.coda) if i == n - 1 or r.random() < 0.3 else "") for i in range(n))
        if r.random() < 0.05:
            at = r.randrange(len(word))
            if word[at] in ODD:
                word = word[:at] + r.choice(ODD[word[at]]) + word[at + 1 :]
        return word

    def scraps(self, low: int, high: int) -> str:
        """Pieces of real words and random letters: they bring the rare tokens into the values."""
        r, parts = self.r, []
        for _ in range(r.randint(low, min(high, 2))):
            if r.random() < 0.25:
                parts.append("".join(r.choice("eeaaiioutnrslhdcmpgbfkvwyxzqj") for _ in range(r.randint(2, 5))))
            else:
                w = r.choice(PIECES)
                a = r.randrange(len(w) - 2)
                parts.append(w[a : a + r.randint(2, 6)])
        return "".join(parts)

    def proper(self) -> str:
        return self.syllables(1, 3).capitalize()

    def text(self, s: str) -> Value:
        return Value(s, s)

    def person(self) -> Value:
        r = self.r
        first = r.choice(self.first) if r.random() < 0.4 else self.proper()
        last = self.proper()
        k = r.random()
        if k < 0.06:
            last += "-" + self.proper()
        elif k < 0.1:
            last = r.choice(["O'", "Mc", "de ", "van ", "von ", "El-"]) + last
        elif k < 0.15:
            first += " " + r.choice("ABCDEFGHJKLMNPRSTW") + "."
        elif k < 0.19:
            first = r.choice(["Dr.", "Prof.", "Ms", "Mr", "Mrs"]) + " " + first
        elif k < 0.24:
            return self.text(first)
        return self.text(first + " " + last)

    def company(self) -> Value:
        r = self.r
        tail = r.choice(["Ltd", "GmbH", "Inc.", "& Sons", "Labs", "Group", "AG", "Trading", "Works", "Logistics", "Foods", "Studio",
                         "Partners", "S.A.", "Bros.", "Energy", "Tools", "Books", "Media", "Systems", "Co.", "Hotel", "Clinic"])
        name = self.proper() if r.random() < 0.7 else self.proper() + " " + self.proper()
        return self.text(name + " " + tail if r.random() < 0.85 else name)

    def thing(self) -> Value:
        r = self.r
        k = r.random()
        noun = r.choice(self.nouns)
        if k < 0.45:
            s = r.choice(self.adjectives) + " " + noun
        elif k < 0.6:
            s = noun + " " + r.choice(self.nouns)
        elif k < 0.7:
            s = self.proper() + " " + noun
        elif k < 0.8:
            s = noun + " " + self.code().text
        elif k < 0.9:
            s = r.choice(self.adjectives) + " " + r.choice(self.adjectives) + " " + noun
        else:
            s = noun
        if r.random() < 0.4:
            s = s[0].upper() + s[1:]
        if r.random() < 0.08:
            s += f" ({r.randint(1, 90)} {r.choice(UNITS)})"
        return self.text(s)

    def title(self) -> Value:
        r = self.r
        k = r.random()
        if k < 0.4:
            s = "The " + r.choice(self.adjectives).capitalize() + " " + r.choice(self.nouns).capitalize()
        elif k < 0.7:
            s = r.choice(self.nouns).capitalize() + " of " + self.proper()
        else:
            s = " ".join(r.choice([self.proper(), r.choice(self.nouns).capitalize(), r.choice(self.adjectives)]) for _ in range(r.randint(2, 4)))
            s = s[0].upper() + s[1:]
        return self.text(s)

    def word(self) -> Value:
        r = self.r
        k = r.random()
        return self.text(r.choice(self.nouns) if k < 0.35 else r.choice(self.adjectives) if k < 0.55 else self.syllables(1, 3) if k < 0.8 else self.proper())

    def phrase(self) -> Value:
        r = self.r
        s = " ".join(self.word().text for _ in range(r.randint(2, 4)))
        return self.text(s)

    def sentence(self) -> Value:
        r, v = self.r, self.r.choice(VERB)
        a, b = r.choice(self.nouns), r.choice(self.nouns)
        j = r.choice(self.adjectives)
        s = r.choice([f"please {v} the {a} before {r.choice(MONTHS)}", f"{a} does not {v} after the {b} was moved", f"the {j} {a} is too {r.choice(self.adjectives)}",
                      f"we could not {v} the {b}", f"{v} the {j} {a} near {self.proper()}", f"{self.proper()} asked to {v} the {a} and the {b}",
                      f"{j} {a} with {b}", f"no {a}, only {b}", f"the {a} makes a {j} noise", f"cannot {v} {a} when {b} is {j}",
                      f"ask {self.proper()} about the {a}", f"{a} arrived {j} and the {b} was missing", f"very {j}, would {v} again"])
        if r.random() < 0.6:
            s = s[0].upper() + s[1:]
        return self.text(s)

    def quote(self) -> Value:
        v = self.sentence() if self.r.random() < 0.7 else self.phrase()
        return Value(v.json, self.r.choice(['"{}"', "“{}”", "'{}'", "{}"]).format(v.text))

    def digits(self, low, high) -> str:
        return "".join(self.r.choice("0123456789") for _ in range(self.r.randint(low, high)))

    def code(self) -> Value:
        r = self.r
        up = lambda n: "".join(r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(n))
        k = r.randrange(9)
        s = [lambda: up(r.randint(2, 3)) + "-" + self.digits(3, 6), lambda: up(1) + self.digits(2, 5), lambda: up(2) + "-20" + self.digits(2, 2) + "-" + self.digits(3, 5),
             lambda: self.digits(4, 8), lambda: "".join(r.choice("0123456789abcdef") for _ in range(r.randint(6, 10))),
             lambda: up(3) + "/" + self.digits(2, 4) + "/" + self.digits(1, 2), lambda: self.digits(2, 3) + "-" + up(2) + self.digits(1, 3),
             lambda: r.choice(["INV", "ORD", "TKT", "REF", "SKU", "PO", "EVT", "BK"]) + r.choice(["-", "", "_", "/"]) + self.digits(3, 7),
             lambda: r.choice(self.nouns)[:4] + "_" + self.digits(1, 4)][k]()
        return self.text(s)

    def street(self) -> Value:
        r = self.r
        name = self.proper() + r.choice([" Street", " Road", " Lane", " Avenue", "straße", " Way", "gasse", " Square", "weg"])
        return self.text(f"{r.randint(1, 240)} {name}" if r.random() < 0.6 else f"{name} {r.randint(1, 240)}{r.choice(['', '', '', 'a', 'b'])}")

    def city(self) -> Value:
        s = self.proper()
        if self.r.random() < 0.15:
            s = self.r.choice(["New ", "Bad ", "San ", "Port ", "North ", "Saint "]) + s
        return self.text(s)

    def country(self) -> Value:
        return self.text(self.r.choice(COUNTRIES) if self.r.random() < 0.8 else self.proper() + "land")

    def zip(self) -> Value:
        return self.text(self.digits(5, 5) if self.r.random() < 0.8 else self.digits(4, 4) + " " + self.r.choice("ABCDEF") + self.r.choice("GHKLM"))

    def email(self) -> Value:
        r = self.r
        a = self.syllables().lower() + r.choice(["", "." + self.syllables(), str(r.randint(1, 99)), "_" + self.syllables(1, 1)])
        return self.text(f"{a}@{self.syllables(1, 2)}.{r.choice(['com', 'org', 'net', 'de', 'io', 'example', 'co.uk', 'fr'])}")

    def url(self) -> Value:
        r = self.r
        s = f"{r.choice(['https://', 'https://', 'http://', 'https://www.'])}{self.syllables(1, 2)}.{r.choice(['com', 'org', 'io', 'net'])}"
        return self.text(s + "".join("/" + r.choice(self.nouns + [self.code().text]) for _ in range(r.randint(0, 2))))

    def phone(self) -> Value:
        r = self.r
        return self.text(r.choice([f"+{r.randint(1, 99)} {self.digits(2, 3)} {self.digits(5, 7)}", f"0{self.digits(2, 3)}-{self.digits(5, 7)}",
                                   f"({self.digits(3, 3)}) {self.digits(3, 3)}-{self.digits(4, 4)}", f"+{self.digits(10, 11)}"]))

    def date(self) -> Value:
        r = self.r
        d = datetime.date(r.randint(1985, 2032), 1, 1) + datetime.timedelta(days=r.randrange(365))
        iso, month = d.isoformat(), MONTHS[d.month - 1]
        nth = f"{d.day}{'th' if 10 < d.day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(d.day % 10, 'th')}"
        return Value(iso, iso if r.random() < 0.45 else r.choice([f"{d.day} {month} {d.year}", f"{month} {d.day}, {d.year}", f"{d.day:02d}.{d.month:02d}.{d.year}",
                                                                 f"{d.day} {month[:3]} {d.year}", f"{month} {nth}, {d.year}", f"{month[:3]} {d.day}, {d.year}", f"{d.year}/{d.month:02d}/{d.day:02d}",
                                                                 f"the {nth} of {month} {d.year}"]))

    def plain_date(self) -> Value:
        v = self.date()
        return Value(v.text, v.text)

    def time(self) -> Value:
        return self.text(f"{self.r.randint(0, 23):02d}:{self.r.choice(range(0, 60, 5)):02d}")

    def moment(self) -> Value:
        r, v = self.r, self.date()
        hm = f"{r.randint(0, 23):02d}:{r.randint(0, 59):02d}"
        s = r.choice([":00", f":{r.randint(0, 59):02d}"])
        full = f"{v.json}T{hm}{s}Z"
        return Value(full, r.choice([full, full, f"{v.json} {hm}{s if s != ':00' else ''}", f"{v.json} {hm}{s if s != ':00' else ''} UTC", f"{v.text} at {hm}{s if s != ':00' else ''}"]))

    def integer(self, low=0, high=100, words=True) -> Value:
        n = self.r.randint(low, high) if self.r.random() < 0.7 else self.r.randint(low, max(low, min(12, high)))
        if words and 0 < n <= 20 and self.r.random() < 0.12:
            return Value(Num(n), SMALL[n])
        shown = f"{n:,}" if n >= 1000 and self.r.random() < 0.3 else str(n)
        return Value(Num(n), shown)

    def count(self) -> Value:
        return self.integer(1, self.r.choice([9, 20, 60, 500]))

    def big(self) -> Value:
        return self.integer(100, self.r.choice([2000, 90000, 3000000]), words=False)

    def year(self) -> Value:
        return Value(*(lambda y: (Num(y), str(y)))(self.r.randint(1900, 2030)))

    def decimal(self) -> Value:
        r = self.r
        places = r.choice([1, 1, 2, 2, 3])
        s = f"{r.uniform(0, r.choice([1, 10, 100, 1000])):.{places}f}"
        if r.random() < 0.07:
            s = "-" + s
        return Value(Num(s), s)

    def measure(self) -> Value:
        v = self.decimal() if self.r.random() < 0.6 else self.integer(1, 400, words=False)
        unit = self.r.choice(UNITS)
        return Value(v.json, v.text + self.r.choice(["", "", " " + unit, unit]))

    def money(self) -> Value:
        r = self.r
        x = r.choice([r.uniform(0.5, 20), r.uniform(5, 200), r.uniform(50, 9000)])
        s = f"{x:.2f}" if r.random() < 0.85 else f"{x:.0f}"
        shown = f"{float(s):,.{2 if '.' in s else 0}f}" if r.random() < 0.35 else s
        sign = CURRENCIES[self.currency]
        k = r.random()
        shown = shown if k < 0.3 else sign + shown if k < 0.6 else f"{shown} {self.currency}" if k < 0.85 else f"{self.currency} {shown}"
        return Value(Num(s), shown, amount=True)

    def percent(self) -> Value:
        v = self.integer(0, 100, words=False) if self.r.random() < 0.6 else Value(*(lambda s: (Num(s), s))(f"{self.r.uniform(0, 100):.1f}"))
        return Value(v.json, v.text + self.r.choice(["%", "%", " %", " percent", ""]))

    # Kinds that only the catalogue asks for.

    def first_name(self) -> Value:
        return self.text(self.r.choice(self.first) if self.r.random() < 0.4 else self.proper())

    def last_name(self) -> Value:
        return self.text(self.proper())

    def age(self) -> Value:
        return self.integer(1, 97)

    def role(self) -> Value:
        r = self.r
        return self.text(r.choice(["nurse", "teacher", "engineer", "driver", "baker", "architect", "cook", "plumber", "pilot", "clerk", "data analyst", "gardener",
                                   "painter", "sales manager", "lawyer", "welder", r.choice(self.nouns) + " maker", r.choice(self.nouns) + " designer", "senior " + r.choice(self.nouns) + " inspector"]))

    def minutes(self) -> Value:
        return self.integer(1, 240)

    def integer300(self) -> Value:
        return self.integer(20, 990, words=False)

    def integer900(self) -> Value:
        return self.integer(1, 999, words=False)

    def ingredient(self) -> Value:
        r = self.r
        return self.text(r.choice(["flour", "sugar", "butter", "salt", "pepper", "milk", "eggs", "rice", "garlic", "onions", "olive oil", "lentils", "carrots", "cream", "yeast",
                                   self.syllables() + " powder", r.choice(self.adjectives) + " " + self.syllables(), self.syllables(2, 2)]))

    def unit(self) -> Value:
        return self.text(self.r.choice(UNITS + ["cups", "tbsp", "tsp", "pieces", "slices", "pinch", "boxes", "litres", "hours", "tablets"]))

    def flight(self) -> Value:
        r = self.r
        return self.text("".join(r.choice("ABCDEFGHKLMNPQRSTUVWXYZ") for _ in range(2)) + r.choice(["", " "]) + self.digits(2, 4))

    def seat(self) -> Value:
        return self.text(f"{self.r.randint(1, 60)}{self.r.choice('ABCDEFHK')}")

    def stars(self) -> Value:
        return self.integer(1, 5) if self.r.random() < 0.7 else Value(*(lambda s: (Num(s), s))(f"{self.r.uniform(1, 5):.1f}"))

    def login(self) -> Value:
        r = self.r
        return self.text(self.syllables(1, 2) + r.choice(["", "_" + r.choice(self.nouns), str(r.randint(1, 999)), "-" + self.syllables(1, 1)]))

    def ip(self) -> Value:
        return self.text(".".join(str(self.r.randint(1, 254)) for _ in range(4)))

    def version(self) -> Value:
        return self.text(f"{self.r.randint(0, 20)}.{self.r.randint(0, 30)}" + self.r.choice(["", f".{self.r.randint(0, 90)}", "-beta", f".{self.r.randint(0, 9)}-rc{self.r.randint(1, 4)}"]))

    def service(self) -> Value:
        r = self.r
        return self.text(r.choice(self.nouns + [self.syllables()]) + r.choice(["-service", "-api", "d", "-worker", "", "_db", ".core"]))

    def iban(self) -> Value:
        c = self.r.choice(["DE", "FR", "ES", "NL", "AT"])
        return self.text(c + (self.digits(14, 20) if self.r.random() < 0.6 else self.digits(2, 2) + "".join(" " + self.digits(4, 4) for _ in range(4))))

    def coord(self) -> Value:
        s = f"{self.r.uniform(-90, 90):.{self.r.randint(2, 5)}f}"
        return Value(Num(s), s)

    def dish(self) -> Value:
        r = self.r
        return self.text(r.choice([f"{r.choice(self.adjectives)} {r.choice(self.nouns)} soup", f"{self.proper()} stew", f"{r.choice(self.nouns)} pie", f"{self.proper()} salad",
                                   f"baked {self.syllables()} with {r.choice(self.nouns)}", f"{r.choice(self.nouns)} curry", f"Grandma {self.proper()}'s {r.choice(self.nouns)} cake"]))

    def club(self) -> Value:
        r = self.r
        return self.text(r.choice(["FC ", "SV ", "", "", "Real "]) + self.proper() + r.choice(["", " United", " Rovers", " City", " Tigers", " 04"]))

    def small(self) -> Value:
        return self.integer(0, 7)

    def skill(self) -> Value:
        r = self.r
        return self.text(r.choice(["Java", "Python", "welding", "cooking", "first aid", "chess", "sewing", "Excel", "piano", "SQL", r.choice(self.nouns) + " repair", r.choice(VERB) + "ing", self.syllables(2, 2)]))

    def language(self) -> Value:
        return self.text(self.r.choice(["English", "German", "French", "Spanish", "Polish", "Hindi", "Swahili", "Greek", "Turkish", "Dutch", self.proper() + "ish"]))

    def place(self) -> Value:
        r = self.r
        return self.text(r.choice([f"{self.proper()} Hall", f"Room {r.randint(1, 60)}", f"Hotel {self.proper()}", f"Café {self.proper()}", f"{self.proper()} Park", f"building {r.choice('ABCDEF')}",
                                   f"the {r.choice(self.adjectives)} {r.choice(['room', 'hall', 'barn', 'library', 'garden'])}", f"Museum of {self.proper()}", self.proper()]))
