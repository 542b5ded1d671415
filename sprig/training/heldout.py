"""Writes heldout.jsonl.gz: 20 schemas x 10 texts, written by hand, with values from the lists below.

Nothing here shares code with the training generator. All domains but the invoice are new to it, as are most field names.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from random import Random

FIRST = "Margaret Oluwaseun Beatriz Katarzyna Thorsten Ingeborg Giuseppe Nkechi Wolfgang Marguerite Yusuf Siobhan Dmitri Annelise Rafael Charlotte Hiroshi Aleksandra Desmond Philippa".split()
LAST = "Okafor Lindqvist Castellanos Whitfield Nakamura Abernathy Dubois Hargreaves Oyelaran Fitzgerald Zimmermann Kowalczyk Ferreira Montgomery Sandoval Bjornstad Chaudhry Delacroix Ravensworth Tanaka".split()
CITY = "Rotterdam Gothenburg Valparaiso Ljubljana Edinburgh Marseille Tallinn Wollongong Heidelberg Salamanca Nagasaki Winnipeg".split()
FIRM = ["Brightwater Ceramics", "Hollis & Drake", "Northgate Cycles", "Pemberton Optics", "Quayside Rentals", "Silverbirch Dental", "Tidewater Freight", "Umbra Photography", "Wexford Timber"]
MONTH = "January February March April May June July August September October November December".split()


class Draw:
    def __init__(self, seed: str):
        self.r = Random(seed)

    def pick(self, *many):
        return self.r.choice(many)

    def person(self):
        return f"{self.r.choice(FIRST)} {self.r.choice(LAST)}"

    def city(self):
        return self.r.choice(CITY)

    def firm(self):
        return self.r.choice(FIRM)

    def int(self, low, high):
        return self.r.randint(low, high)

    def dec(self, low, high, places=2):
        return round(self.r.uniform(low, high), places)

    def day(self):
        return f"{self.r.randint(2019, 2027)}-{self.r.randint(1, 12):02d}-{self.r.randint(1, 28):02d}"

    def clock(self):
        return f"{self.r.randint(6, 21):02d}:{self.r.choice(['00', '10', '15', '30', '45'])}"

    def tag(self, letters):
        return letters + "".join(self.r.choice("0123456789") for _ in range(5))

    def flip(self):
        return self.r.random() < 0.5


def long_day(iso: str) -> str:
    y, m, d = iso.split("-")
    return f"{int(d)} {MONTH[int(m) - 1]} {y}"


def obj(required=None, **properties):
    return {"type": "object", "properties": properties, "required": list(properties) if required is None else required.split(), "additionalProperties": False}


S, I, N, B = {"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"}
D = {"type": "string", "format": "date"}


def many(x, **extra):
    return {"type": "array", "items": x, **extra}


def one_of(*values):
    return {"type": "string", "enum": list(values)}


def said(x) -> str:
    return f"{x:.2f}" if isinstance(x, float) else str(x)


def join(items) -> str:
    items = list(items)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


# Each case: name, schema, draw -> (expected, texts to choose from)


def library_loan(z):
    e = dict(borrower=z.person(), cardNumber=z.tag("LB"), loanedOn=z.day(), dueBack=z.day(), volumes=z.int(1, 9), renewed=z.flip())
    r = "renewed once" if e["renewed"] else "not renewed"
    return e, [f"Borrower: {e['borrower']}\nCard number: {e['cardNumber']}\nLoaned on: {e['loanedOn']}\nDue back: {e['dueBack']}\nVolumes: {e['volumes']}\nRenewed: {'yes' if e['renewed'] else 'no'}",
               f"On {long_day(e['loanedOn'])} {e['borrower']} (card {e['cardNumber']}) took {e['volumes']} volumes home. They are due back on {long_day(e['dueBack'])}. The loan was {r}."]


def car_rental(z):
    e = dict(driver=z.person(), vehicle=z.pick("Fiat Panda", "Volvo V60", "Kia Ceed", "Mazda 3"), pickup=dict(station=z.city(), hour=z.clock()), kilometres=z.int(40, 2400), dailyRate=z.dec(19, 140), insurance=z.pick("none", "partial", "comprehensive"))
    p = e["pickup"]
    return e, [f"{e['driver']} rents a {e['vehicle']} and collects it in {p['station']} at {p['hour']}. Kilometres included: {e['kilometres']}. The daily rate is {said(e['dailyRate'])} EUR and the insurance is {e['insurance']}.",
               f"Rental sheet\ndriver: {e['driver']}\nvehicle: {e['vehicle']}\npickup: station {p['station']}, hour {p['hour']}\nkilometres: {e['kilometres']}\ndaily rate: {said(e['dailyRate'])}\ninsurance: {e['insurance']}"]


def applicant(z):
    e = dict(applicant=z.person(), vacancy=z.pick("night auditor", "tram mechanic", "soil chemist", "stage carpenter"), years_experience=z.int(1, 30), strengths=z.r.sample(["bookkeeping", "forklift", "glazing", "Rust", "Italian", "negotiation"], 3), expected_salary=z.int(28, 95) * 1000, notice_weeks=z.int(1, 12))
    return e, [f"Application of {e['applicant']} for the vacancy {e['vacancy']}. Years of experience: {e['years_experience']}. Strengths: {join(e['strengths'])}. Expected salary {e['expected_salary']} with notice weeks {e['notice_weeks']}.",
               f"Applicant - {e['applicant']}\nVacancy - {e['vacancy']}\nYears experience - {e['years_experience']}\nStrengths - {', '.join(e['strengths'])}\nExpected salary - {e['expected_salary']:,}\nNotice weeks - {e['notice_weeks']}"]


def vet(z):
    e = dict(animalName=z.pick("Biscuit", "Marzipan", "Rufus", "Clementine", "Pickles"), species=z.pick("cat", "dog", "rabbit", "ferret"), keeper=z.person(), weightKg=z.dec(0.8, 48, 1), vaccinated=z.flip(), findings=z.pick("mild ear infection", "broken claw", "healthy coat", "overweight"))
    v = "is vaccinated" if e["vaccinated"] else "is not vaccinated"
    return e, [f"{e['keeper']} brought in {e['animalName']}, a {e['species']} of {e['weightKg']} kg, which {v}. Findings: {e['findings']}.",
               f"Animal name: {e['animalName']}\nSpecies: {e['species']}\nKeeper: {e['keeper']}\nWeight: {e['weightKg']} kg\nVaccinated: {'yes' if e['vaccinated'] else 'no'}\nFindings: {e['findings']}"]


def parcel_claim(z):
    e = dict(parcel=z.tag("PX"), consignor=z.firm(), consignee=z.person(), damage=z.pick("crushed corner", "water stain", "torn wrapping"), declaredValue=z.dec(10, 900), photos=z.int(0, 6))
    return e, [f"Claim for parcel {e['parcel']}: consignor {e['consignor']}, consignee {e['consignee']}. Damage: {e['damage']}. Declared value {said(e['declaredValue'])}. Photos attached: {e['photos']}.",
               f"Dear claims desk, my parcel {e['parcel']} from {e['consignor']} arrived with a {e['damage']}. Its declared value was £{said(e['declaredValue'])}; I attach {e['photos']} photos. Yours, {e['consignee']}"]


def solar(z):
    e = dict(plant=z.city(), inverter=z.tag("INVT"), yield_kwh=z.dec(1, 900, 1), peak_watts=z.int(300, 9900), cloudy=z.flip(), measured_on=z.day())
    c = "cloudy" if e["cloudy"] else "not cloudy"
    return e, [f"Solar report of {e['measured_on']}: plant {e['plant']}, inverter {e['inverter']}, yield {e['yield_kwh']} kWh, peak {e['peak_watts']} watts. The sky was {c}.",
               f"plant={e['plant']} inverter={e['inverter']} yield_kwh={e['yield_kwh']} peak_watts={e['peak_watts']} cloudy={'true' if e['cloudy'] else 'false'} measured_on={e['measured_on']}"]


def gym(z):
    e = dict(athlete=z.person(), exercises=[dict(exercise=x, sets=z.int(1, 6), repetitions=z.int(3, 25), kilos=z.int(5, 140)) for x in z.r.sample(["deadlift", "bench press", "lunges", "pull-down", "squats"], z.int(1, 3))], trainedOn=z.day())
    rows = e["exercises"]
    return e, [f"{e['athlete']} trained on {e['trainedOn']}.\n" + "\n".join(f"- {x['exercise']}: {x['sets']} sets, {x['repetitions']} repetitions, {x['kilos']} kilos" for x in rows),
               f"Athlete: {e['athlete']}\nTrained on: {e['trainedOn']}\nExercises:\n" + "\n".join(f"exercise {x['exercise']}, sets {x['sets']}, repetitions {x['repetitions']}, kilos {x['kilos']}" for x in rows)]


def wine(z):
    e = dict(winery=z.firm(), grape=z.pick("Riesling", "Malbec", "Tempranillo", "Chenin Blanc"), vintage=z.int(1988, 2023), alcohol=z.dec(9, 15, 1), sweetness=z.pick("dry", "off-dry", "sweet"), bottles=z.int(6, 900))
    return e, [f"{e['winery']} offers {e['bottles']} bottles of {e['grape']}, vintage {e['vintage']}, {e['alcohol']}% alcohol, {e['sweetness']}.",
               f"Winery: {e['winery']}\nGrape: {e['grape']}\nVintage: {e['vintage']}\nAlcohol: {e['alcohol']}%\nSweetness: {e['sweetness']}\nBottles: {e['bottles']}"]


def flat(z):
    e = dict(landlord=z.person(), tenant=z.person(), rooms=z.int(1, 6), squareMetres=z.int(18, 190), monthlyRent=z.int(380, 2900), balcony=z.flip(), heating=z.pick("gas", "district", "heat pump"))
    b = "with a balcony" if e["balcony"] else "without a balcony"
    return e, [f"Landlord {e['landlord']} lets a flat of {e['rooms']} rooms and {e['squareMetres']} square metres {b} to tenant {e['tenant']}. Monthly rent: €{e['monthlyRent']}. Heating: {e['heating']}.",
               f"Landlord: {e['landlord']}\nTenant: {e['tenant']}\nRooms: {e['rooms']}\nSquare metres: {e['squareMetres']}\nMonthly rent: {e['monthlyRent']} EUR\nBalcony: {'yes' if e['balcony'] else 'no'}\nHeating: {e['heating']}"]


def warranty(z):
    e = dict(appliance=z.pick("dishwasher", "tumble dryer", "induction hob", "wine fridge"), serialNo=z.tag("SN"), boughtAt=z.firm(), boughtOn=z.day(), fault=z.pick("leaks at the hose", "hums but stays cold", "door will not latch"))
    if z.flip():
        e["technician"] = z.person()
    t = f" Technician: {e['technician']}." if "technician" in e else ""
    return e, [f"Warranty case: {e['appliance']}, serial no {e['serialNo']}, bought at {e['boughtAt']} on {long_day(e['boughtOn'])}. Fault: {e['fault']}.{t}",
               f"Appliance: {e['appliance']}\nSerial no: {e['serialNo']}\nBought at: {e['boughtAt']}\nBought on: {e['boughtOn']}\nFault: {e['fault']}" + (f"\nTechnician: {e['technician']}" if t else "")]


def lost(z):
    e = dict(object=z.pick("violin case", "grey rucksack", "prescription sunglasses", "umbrella"), foundAt=z.city() + " Central", foundOn=z.day(), finder=z.person() if z.flip() else None, shelfCode=z.tag("K"))
    f = f"Finder: {e['finder']}" if e["finder"] else "Finder unknown"
    return e, [f"Lost property office. Object: {e['object']}. Found at {e['foundAt']} on {e['foundOn']}. {f}. Shelf code {e['shelfCode']}.",
               f"Object: {e['object']}\nFound at: {e['foundAt']}\nFound on: {e['foundOn']}\n" + (f + "\n" if e["finder"] else "") + f"Shelf code: {e['shelfCode']}"]


def choir(z):
    e = dict(ensemble=z.pick("Harbour Voices", "Cantabile", "The Larks"), conductor=z.person(), programme=[dict(composer=z.pick("Byrd", "Rheinberger", "Pärt", "Brahms"), piece=p) for p in z.r.sample(["Abendlied", "Ave verum", "Magnificat", "Nunc dimittis"], z.int(1, 3))], ticketPrice=z.dec(5, 40), doorsOpen=z.clock())
    return e, [f"Ensemble: {e['ensemble']}\nConductor: {e['conductor']}\nProgramme:\n" + "\n".join(f"* composer {x['composer']}, piece {x['piece']}" for x in e["programme"]) + f"\nTicket price: {said(e['ticketPrice'])}\nDoors open: {e['doorsOpen']}",
               f"{e['conductor']} conducts the ensemble {e['ensemble']}. Programme: " + "; ".join(f"{x['piece']} by {x['composer']}" for x in e["programme"]) + f". Doors open at {e['doorsOpen']}, ticket price {said(e['ticketPrice'])} EUR."]


def hive(z):
    e = dict(hive=z.tag("H"), beekeeper=z.person(), frames=z.int(4, 20), honeyKilos=z.dec(0, 30, 1), queenSeen=z.flip(), mood=z.pick("calm", "nervous", "aggressive"), inspected=z.day())
    q = "The queen was seen" if e["queenSeen"] else "The queen was not seen"
    return e, [f"{e['beekeeper']} inspected hive {e['hive']} on {e['inspected']}: {e['frames']} frames, {e['honeyKilos']} kilos of honey, mood {e['mood']}. {q}.",
               f"HIVE {e['hive']}\nBeekeeper: {e['beekeeper']}\nFrames: {e['frames']}\nHoney kilos: {e['honeyKilos']}\nQueen seen: {'yes' if e['queenSeen'] else 'no'}\nMood: {e['mood']}\nInspected: {e['inspected']}"]


def alarm_tool(z):
    if z.flip():
        e = dict(name="set_timer", arguments=dict(minutes=z.int(1, 90), title=z.pick("sourdough", "laundry", "pasta water", "meditation")))
        a = e["arguments"]
        return e, [f"Please set a timer for {a['minutes']} minutes with the title {a['title']}.", f"set timer: minutes {a['minutes']}, title {a['title']}"]
    e = dict(name="send_text", arguments=dict(recipient=z.person(), body=z.pick("running ten minutes late", "the parcel is at the gate", "call me after lunch")))
    a = e["arguments"]
    return e, [f"Send a text to {a['recipient']}: \"{a['body']}\"", f"send text, recipient {a['recipient']}, body: {a['body']}"]


def weather_tool(z):
    e = dict(tool="get_forecast", parameters=dict(town=z.city(), days=z.int(1, 10), units=z.pick("metric", "imperial")))
    a = e["parameters"]
    return e, [f"What will the weather be in {a['town']} over the next {a['days']} days? Use {a['units']} units.", f"get forecast for town {a['town']}, days {a['days']}, units {a['units']}"]


def museum(z):
    e = dict(artefact=z.pick("bronze ewer", "marble torso", "silk banner", "astrolabe"), lender=z.firm(), crate=dict(height_cm=z.int(20, 240), width_cm=z.int(20, 240), fragile=z.flip()), insured_for=z.int(1, 90) * 1000, courier=z.person())
    c = e["crate"]
    return e, [f"Artefact: {e['artefact']}\nLender: {e['lender']}\nCrate: height {c['height_cm']} cm, width {c['width_cm']} cm, fragile {'yes' if c['fragile'] else 'no'}\nInsured for: {e['insured_for']}\nCourier: {e['courier']}",
               f"{e['lender']} lends the {e['artefact']}, insured for {e['insured_for']:,} EUR. The crate has a height of {c['height_cm']} cm and a width of {c['width_cm']} cm and is {'fragile' if c['fragile'] else 'not fragile'}. Courier: {e['courier']}."]


def ferry(z):
    e = dict(vessel=z.pick("Stella Maris", "Norrland", "Blue Heron"), harbour=z.city(), sailing=z.clock(), vehicles=z.int(0, 220), passengers=z.int(10, 900), cancelled=z.flip(), reason=None)
    if e["cancelled"]:
        e["reason"] = z.pick("gale warning", "engine fault", "low tide")
    tail = f"The sailing is cancelled. Reason: {e['reason']}." if e["cancelled"] else "The sailing is not cancelled."
    return e, [f"Ferry {e['vessel']}, harbour {e['harbour']}, sailing at {e['sailing']} with {e['vehicles']} vehicles and {e['passengers']} passengers. {tail}",
               f"Vessel: {e['vessel']}\nHarbour: {e['harbour']}\nSailing: {e['sailing']}\nVehicles: {e['vehicles']}\nPassengers: {e['passengers']}\nCancelled: {'yes' if e['cancelled'] else 'no'}" + (f"\nReason: {e['reason']}" if e["cancelled"] else "")]


def marathon(z):
    e = [dict(bib=z.int(1, 9000), runner=z.person(), club=z.firm(), finish=f"{z.int(2, 5)}:{z.int(10, 59)}:{z.int(10, 59)}") for _ in range(z.int(1, 3))]
    return e, ["Results\n" + "\n".join(f"bib {x['bib']}, runner {x['runner']}, club {x['club']}, finish {x['finish']}" for x in e),
               "bib | runner | club | finish\n" + "\n".join(f"{x['bib']} | {x['runner']} | {x['club']} | {x['finish']}" for x in e)]


def tailor(z):
    e = dict(garment=z.pick("waistcoat", "ball gown", "kilt", "overcoat"), fabric=z.pick("tweed", "velvet", "linen", "cashmere"), chestCm=z.int(70, 130), sleeveCm=z.int(48, 75), fitting=z.day(), deposit=z.dec(10, 300), wearer=z.person())
    return e, [f"{e['wearer']} ordered a {e['garment']} in {e['fabric']}: chest {e['chestCm']} cm, sleeve {e['sleeveCm']} cm. Fitting on {e['fitting']}, deposit {said(e['deposit'])}.",
               f"garment: {e['garment']}; fabric: {e['fabric']}; chest: {e['chestCm']}; sleeve: {e['sleeveCm']}; fitting: {e['fitting']}; deposit: {said(e['deposit'])}; wearer: {e['wearer']}"]


def invoice(z):
    rows = [dict(description=x, quantity=z.int(1, 12), unitPrice=z.dec(2, 300)) for x in z.r.sample(["oak worktop", "brass tap", "tile adhesive 20 kg", "skirting board", "sash window"], z.int(1, 3))]
    e = dict(customer=z.person(), invoiceNumber=z.tag("2025-"), issued=z.day(), lines=rows, total=round(sum(x["quantity"] * x["unitPrice"] for x in rows), 2), currency=z.pick("EUR", "GBP"), paid=z.flip())
    c, paid = e["currency"], "has been paid" if e["paid"] else "has not been paid"
    return e, [f"Invoice {e['invoiceNumber']} for {e['customer']}, issued {long_day(e['issued'])}.\n" + "\n".join(f"{x['quantity']} x {x['description']} at {said(x['unitPrice'])} {c}" for x in rows) + f"\nTotal: {said(e['total'])} {c}. It {paid}.",
               f"INVOICE no. {e['invoiceNumber']}\nIssued: {e['issued']}\nCustomer: {e['customer']}\n\n" + "\n".join(f"{x['description']}, quantity {x['quantity']}, unit price {said(x['unitPrice'])}" for x in rows) + f"\n\nTotal {said(e['total'])}\nCurrency {c}\nPaid: {'yes' if e['paid'] else 'no'}"]


NULLABLE = {"type": ["string", "null"]}
CASES = {
    "library-loan": (obj(borrower=S, cardNumber=S, loanedOn=D, dueBack=D, volumes={"type": "integer", "minimum": 1}, renewed=B), library_loan),
    "car-rental": (obj(driver=S, vehicle=S, pickup=obj(station=S, hour=S), kilometres=I, dailyRate=N, insurance=one_of("none", "partial", "comprehensive")), car_rental),
    "applicant": (obj(applicant={**S, "description": "Full name"}, vacancy=S, years_experience=I, strengths=many(S, minItems=1), expected_salary=I, notice_weeks=I), applicant),
    "vet": (obj(animalName=S, species=one_of("cat", "dog", "rabbit", "ferret"), keeper=S, weightKg=N, vaccinated=B, findings=S), vet),
    "parcel-claim": (obj(parcel={**S, "pattern": "^PX[0-9]{5}$"}, consignor=S, consignee=S, damage=S, declaredValue={**N, "minimum": 0}, photos=I), parcel_claim),
    "solar": (obj(plant=S, inverter=S, yield_kwh=N, peak_watts=I, cloudy=B, measured_on=D), solar),
    "gym": ({**obj(athlete=S, exercises=many({"$ref": "#/$defs/exercise"}), trainedOn=D), "$defs": {"exercise": obj(exercise=S, sets=I, repetitions=I, kilos=I)}}, gym),
    "wine": (obj(winery=S, grape=S, vintage=I, alcohol=N, sweetness=one_of("dry", "off-dry", "sweet"), bottles=I), wine),
    "flat": (obj(landlord=S, tenant=S, rooms=I, squareMetres=I, monthlyRent=N, balcony=B, heating=one_of("gas", "district", "heat pump")), flat),
    "warranty": (obj("appliance serialNo boughtAt boughtOn fault", appliance=S, serialNo=S, boughtAt=S, boughtOn=D, fault=S, technician=S), warranty),
    "lost-property": (obj(object=S, foundAt=S, foundOn=D, finder=NULLABLE, shelfCode=S), lost),
    "choir": (obj(ensemble=S, conductor=S, programme=many(obj(composer=S, piece=S)), ticketPrice=N, doorsOpen=S), choir),
    "hive": (obj(hive=S, beekeeper=S, frames=I, honeyKilos=N, queenSeen=B, mood=one_of("calm", "nervous", "aggressive"), inspected=D), hive),
    "phone-tool": ({"anyOf": [obj(name={"const": "set_timer"}, arguments=obj(minutes=I, title=S)), obj(name={"const": "send_text"}, arguments=obj(recipient=S, body=S))]}, alarm_tool),
    "forecast-tool": (obj(tool={"const": "get_forecast"}, parameters=obj(town=S, days=I, units=one_of("metric", "imperial"))), weather_tool),
    "museum": (obj(artefact=S, lender=S, crate=obj(height_cm=I, width_cm=I, fragile=B), insured_for=N, courier=S), museum),
    "ferry": (obj(vessel=S, harbour=S, sailing=S, vehicles=I, passengers=I, cancelled=B, reason=NULLABLE), ferry),
    "marathon": (many(obj(bib=I, runner=S, club=S, finish=S)), marathon),
    "tailor": (obj(garment=S, fabric=S, chestCm=I, sleeveCm=I, fitting=D, deposit=N, wearer=S), tailor),
    "builder-invoice": (obj(customer=S, invoiceNumber=S, issued=D, lines=many(obj(description=S, quantity=I, unitPrice=N)), total=N, currency=one_of("EUR", "USD", "GBP"), paid=B), invoice),
}


def lines(per_schema: int, seed: int):
    for name, (schema, draw) in CASES.items():
        for i in range(per_schema):
            z = Draw(f"{seed}/{name}/{i}")
            expected, texts = draw(z)
            yield dict(id=f"{name}-{i}", schema=schema, text=texts[i % len(texts)], expected=expected)


if __name__ == "__main__":
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--out", type=Path, default=Path(__file__).with_name("heldout.jsonl.gz"))
    a.add_argument("--texts", type=int, default=10, help="texts per schema")
    a.add_argument("--seed", type=int, default=2025)
    args = a.parse_args()
    body = "".join(json.dumps(x, ensure_ascii=False, separators=(",", ":")) + "\n" for x in lines(args.texts, args.seed))
    args.out.write_bytes(gzip.compress(body.encode(), mtime=0))
    print(f"{body.count(chr(10))} cases, {args.out.stat().st_size} bytes")
