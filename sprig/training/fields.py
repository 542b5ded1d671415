"""The catalogue of fields: for each, names, kind of value and ways to say it; and the domains that group them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Field:
    """`names` are in plain words; `phrases` hold `{}` for the value. `schema` is what the JSON Schema says of the value."""

    names: tuple[str, ...]
    make: str
    schema: str
    phrases: tuple[str, ...]
    options: tuple[str, ...] = ()


STRING, INT, NUM, BOOL = '"string"', '"integer"', '"number"', '"boolean"'
KINDS = {  # how a value is made -> JSON Schema
    "person": {"type": "string"}, "company": {"type": "string"}, "thing": {"type": "string"}, "title": {"type": "string"},
    "word": {"type": "string"}, "phrase": {"type": "string"}, "sentence": {"type": "string"}, "quote": {"type": "string"},
    "code": {"type": "string"}, "street": {"type": "string"}, "city": {"type": "string"}, "country": {"type": "string"},
    "zip": {"type": "string"}, "phone": {"type": "string"}, "time": {"type": "string"}, "plain_date": {"type": "string"},
    "email": {"type": "string", "format": "email"}, "url": {"type": "string", "format": "uri"},
    "date": {"type": "string", "format": "date"}, "moment": {"type": "string", "format": "date-time"},
    "integer": {"type": "integer"}, "count": {"type": "integer"}, "big": {"type": "integer"}, "year": {"type": "integer"},
    "decimal": {"type": "number"}, "measure": {"type": "number"}, "money": {"type": "number"}, "percent": {"type": "number"},
}


def f(names: str, make: str, *phrases: str, options: str = "") -> Field:
    return Field(tuple(names.split("|")), make, "", phrases, tuple(options.split("|")) if options else ())


CATALOGUE = {
    "customer": f("customer|client|buyer|customer name|client name|bill to|billed to|purchaser|account holder", "person", "the customer is {}", "for our client {}", "ordered by {}", "{} bought this", "bill to {}", "{} is the buyer", "billed to {}", "on behalf of {}"),
    "client_firm": f("customer|client|company|buyer|bill to|customer name|organisation|billed to", "company", "the customer is {}", "for {}", "billed to {}", "our client {} asked for this", "the bill goes to {}", "{} is the client"),
    "seller": f("seller|vendor|supplier|from|issuer|company|merchant|shop|store", "company", "sold by {}", "the vendor is {}", "issued by {}", "supplied by {}", "{} is the seller", "bought at {}", "from {}"),
    "number": f("number|id|reference|no|document number|ref|code|doc id", "code", "reference {}", "no. {}", "number {}", "with the number {}", "filed under {}", "(ref {})", "it has the id {}"),
    "invoice_no": f("invoice number|invoice no|invoice id|number|invoice|inv no|bill number", "code", "invoice {}", "invoice number {}", "this is invoice no. {}", "the invoice number is {}", "Invoice #{}"),
    "order_no": f("order number|order id|order|order no|purchase order|po number", "code", "order {}", "order no. {}", "under order number {}", "the order is {}", "Order #{}"),
    "date": f("date|issue date|issued|issued on|date of issue|created|day", "date", "on {}", "dated {}", "issued on {}", "the date is {}", "as of {}"),
    "due": f("due date|due|pay by|payable until|due on|deadline", "date", "due on {}", "please pay by {}", "it is due {}", "payable until {}", "the deadline is {}", "must be done by {}"),
    "order_date": f("order date|ordered on|ordered|placed at|purchase date|date", "date", "ordered on {}", "placed on {}", "the order was placed {}", "bought on {}"),
    "ship_date": f("ship date|shipped on|delivery date|delivered on|arrival date|delivery", "date", "it ships on {}", "delivery on {}", "expected to arrive {}", "will be delivered {}"),
    "total": f("total|total amount|amount due|grand total|sum|amount|total price|balance due", "money", "the total is {}", "for a total of {}", "amounting to {} in total", "total due {}", "that makes {} altogether", "comes to {}", "the amount is {}"),
    "subtotal": f("subtotal|net amount|net|net total|before tax", "money", "{} before tax", "the subtotal is {}", "net amount {}", "net {}"),
    "tax": f("tax|vat|tax amount|sales tax", "money", "plus {} tax", "of which {} is tax", "VAT {}", "tax of {} applies"),
    "shipping_cost": f("shipping|shipping cost|delivery fee|freight|postage", "money", "{} for shipping", "shipping costs {}", "a delivery fee of {}", "postage is {}"),
    "discount": f("discount|rebate|discount percent|reduction", "percent", "with a discount of {}", "{} off", "the discount is {}"),
    "price": f("price|unit price|cost|each|price each|rate|price per unit|unit cost", "money", "at {} each", "costs {}", "priced at {}", "for {}", "the price is {}", "{} apiece"),
    "qty": f("quantity|qty|count|amount|units|pieces|number of units", "count", "quantity {}", "{} units", "{} pieces", "x{}", "{} of them"),
    "item": f("description|item|name|product|product name|article|item name|what|title", "thing", "{}", "the {}", "item {}", "one {}", "product {}"),
    "sku": f("sku|article number|item code|product code|part number|code|part", "code", "SKU {}", "(code {})", "art. {}", "part no. {}"),
    "line_total": f("line total|amount|total|sum|subtotal", "money", "{} in all", "makes {}", "= {}", "line total {}"),
    "name": f("name|full name|person|contact name|employee|member name", "person", "name is {}", "this is {}", "{} is the name", "called {}", "meet {}", "my name is {}", "we talk about {}"),
    "first_name": f("first name|given name|forename", "first_name", "first name {}", "goes by {}", "the given name is {}"),
    "last_name": f("last name|surname|family name", "last_name", "surname {}", "the family name is {}", "last name {}"),
    "age": f("age|years old|age in years", "age", "aged {}", "{} years old", "is {}", "at the age of {}", "turned {} this year"),
    "email": f("email|mail|e mail|email address|contact email", "email", "mail {}", "reach them at {}", "email: {}", "write to {}", "can be reached via {}"),
    "phone": f("phone|telephone|phone number|mobile|tel|contact number", "phone", "phone {}", "call {}", "tel. {}", "the number to ring is {}", "mobile {}"),
    "website": f("website|url|link|homepage|web page|source url", "url", "see {}", "more at {}", "website {}", "link: {}", "the page is {}"),
    "city": f("city|town|place|location|hometown|municipality", "city", "in {}", "lives in {}", "from {}", "the city is {}", "based in {}"),
    "street": f("street|street address|address|address line|line1", "street", "at {}", "address {}", "the street is {}", "resides at {}"),
    "zip": f("zip|postal code|zip code|postcode", "zip", "postcode {}", "zip {}", "postal code {}"),
    "country": f("country|nation|country name", "country", "in {}", "the country is {}", "country {}", "from {}"),
    "job": f("job|role|profession|job title|occupation|position", "role", "works as a {}", "a {} by trade", "the role is {}", "employed as {}", "is a {}"),
    "employer": f("employer|company|works at|organisation|firm", "company", "works at {}", "employed by {}", "with {}", "joined {}"),
    "salary": f("salary|pay|annual salary|wage|income", "money", "earns {}", "the salary is {}", "paid {} a year", "with a pay of {}"),
    "birth": f("birth date|date of birth|born|birthday|dob", "date", "born {}", "born on {}", "date of birth {}", "birthday {}"),
    "title": f("title|name|heading|book title|headline", "title", "titled {}", "called {}", "the title is {}", "{} is the title", "known as {}"),
    "author": f("author|writer|written by|by", "person", "by {}", "written by {}", "the author is {}", "{} wrote it"),
    "pages": f("pages|page count|number of pages|length", "integer300", "{} pages", "it has {} pages", "{} pages long"),
    "year": f("year|published|publication year|year built|founded|release year", "year", "in {}", "from {}", "the year was {}", "since {}", "published {}"),
    "publisher": f("publisher|press|label|published by", "company", "published by {}", "the publisher is {}", "from {}"),
    "subject": f("subject|title|summary|topic|issue|short description", "sentence", "subject: {}", "it says: {}", "the topic is {}", "about: {}"),
    "problem": f("description|details|problem|message|body|issue", "sentence", "the problem: {}", "details: {}", "they report: {}", "he wrote: {}", "description: {}"),
    "note": f("note|notes|comment|remark|remarks|memo|instructions", "quote", "note: {}", "a remark: {}", "comment: {}", "please note: {}", "they added: {}"),
    "reporter": f("reporter|reported by|requester|opened by|sender|submitted by|created by", "person", "reported by {}", "{} opened it", "{} writes", "from {}", "submitted by {}", "raised by {}"),
    "assignee": f("assignee|assigned to|owner|agent|responsible|handled by|manager", "person", "assigned to {}", "{} takes care of it", "{} is responsible", "owner {}", "handled by {}"),
    "host": f("host|organizer|organised by|speaker|trainer|leader", "person", "hosted by {}", "{} organises it", "the speaker is {}", "led by {}", "with {} on stage"),
    "time": f("time|start time|starts at|at|hour|departure time", "time", "at {}", "starts at {}", "time: {}", "begins {}", "from {}"),
    "end_time": f("end time|ends at|until|finish|arrival time", "time", "until {}", "ends at {}", "over by {}", "finishes {}"),
    "moment": f("timestamp|created at|recorded at|occurred at|logged at|start|measured at|updated at", "moment", "at {}", "recorded {}", "on {}", "timestamp {}", "logged at {}", "it happened {}"),
    "place": f("venue|place|location|room|site|where", "place", "at {}", "in {}", "the venue is {}", "takes place at {}", "location {}"),
    "attendees_n": f("attendees|participants|guests|number of guests|party size|people|seats|headcount", "count", "{} people", "for {} guests", "{} participants", "{} seats", "expecting {} people"),
    "minutes": f("duration|minutes|duration minutes|length|time needed|runtime", "minutes", "takes {} minutes", "{} min", "lasting {} minutes", "for {} minutes", "{} minutes long"),
    "servings": f("servings|serves|portions|yield", "count", "serves {}", "for {} portions", "makes {} servings"),
    "ingredient": f("ingredient|name|item|what", "ingredient", "{}", "some {}", "of {}"),
    "amount_unit": f("unit|measure", "unit", "{}", "in {}"),
    "amount": f("amount|quantity|value|how much", "decimal", "{}", "amount {}"),
    "device": f("device|sensor|sensor id|device id|node|station|machine", "code", "device {}", "sensor {}", "from sensor {}", "station {} reports", "node {}"),
    "temperature": f("temperature|temp|temperature c|degrees", "decimal", "temperature {}", "{} °C", "{} degrees", "it is {} degrees", "the temperature reads {}"),
    "humidity": f("humidity|relative humidity|moisture", "percent", "humidity {}", "at {} humidity", "the humidity is {}"),
    "battery": f("battery|battery level|charge|battery percent", "percent", "battery at {}", "{} charge left", "battery {}"),
    "reading": f("value|reading|measurement|level|result", "measure", "reads {}", "a value of {}", "measured {}", "the reading is {}", "shows {}"),
    "unit": f("unit|units|unit of measure", "unit", "unit {}", "in {}", "measured in {}"),
    "airline": f("airline|carrier|operator|operated by", "company", "with {}", "operated by {}", "the carrier is {}"),
    "flight_no": f("flight|flight number|flight no|train number|trip id", "flight", "flight {}", "{} departs", "number {}", "on {}"),
    "origin": f("from|origin|departure city|departure|source|start", "city", "from {}", "leaving {}", "departing from {}", "it starts in {}", "origin {}"),
    "destination": f("to|destination|arrival city|arrival|target|end", "city", "to {}", "bound for {}", "going to {}", "arriving in {}", "destination {}"),
    "seat": f("seat|seat number|seat no", "seat", "seat {}", "sitting in {}", "in seat {}"),
    "passenger": f("passenger|traveller|passenger name|guest|guest name|name", "person", "passenger {}", "for {}", "{} travels", "booked for {}", "the guest is {}"),
    "room": f("room|room number|room no", "integer900", "room {}", "in room {}", "they got room {}"),
    "nights": f("nights|number of nights|stay|stay nights", "count", "{} nights", "staying {} nights", "for {} nights"),
    "check_in": f("check in|arrival|from|arrival date|start date|begin|from date", "date", "check-in {}", "arriving {}", "from {}", "starting {}", "begins on {}"),
    "check_out": f("check out|departure|until|departure date|end date|end|to date", "date", "check-out {}", "leaving {}", "until {}", "ends on {}", "through {}"),
    "rating": f("rating|stars|score|grade|points", "stars", "{} stars", "rated {}", "gives it {} out of 5", "{}/5", "score {}"),
    "review": f("review|text|comment|opinion|feedback|verdict", "quote", "says: {}", "the verdict: {}", "review: {}", "wrote {}"),
    "product": f("product|product name|item|article|model", "thing", "the product is {}", "about the {}", "bought the {}", "for {}", "regarding {}"),
    "reviewer": f("reviewer|user|author|customer|name|by", "person", "by {}", "{} reviewed it", "reviewer {}", "{} writes"),
    "username": f("username|user|login|user name|handle|account", "login", "user {}", "login {}", "the account {}", "@{}"),
    "ip": f("ip|ip address|client ip|host|address", "ip", "from {}", "ip {}", "host {}", "the address {}"),
    "version": f("version|release|software version|build", "version", "version {}", "v{}", "release {}", "running {}"),
    "error": f("error|error code|code|exit code|status code", "integer900", "error {}", "code {}", "failed with {}", "status {}"),
    "service": f("service|component|module|application|app", "service", "service {}", "in {}", "component {}", "the {} service"),
    "weight": f("weight|weight kg|mass|net weight", "measure", "weighs {}", "weight {}", "with a weight of {}"),
    "length": f("length|long|depth", "measure", "length {}", "{} long", "long: {}"),
    "width": f("width|wide|breadth", "measure", "width {}", "{} wide"),
    "height": f("height|tall|high", "measure", "height {}", "{} tall", "{} high"),
    "bank": f("iban|account|bank account|account number", "iban", "account {}", "pay into {}", "IBAN {}", "to account {}"),
    "lat": f("lat|latitude", "coord", "latitude {}", "lat {}"),
    "lon": f("lon|longitude|lng", "coord", "longitude {}", "lon {}"),
    "dish": f("dish|recipe|name|meal|title", "dish", "{}", "today: {}", "we cook {}", "the dish is {}", "recipe for {}"),
    "species": f("species|animal|kind|breed|type", "word", "a {}", "species {}", "it is a {}", "kind: {}"),
    "patient": f("patient|patient name|name|subject", "person", "patient {}", "{} came in", "seen: {}", "for {}"),
    "doctor": f("doctor|physician|seen by|provider", "person", "seen by {}", "doctor {}", "examined by {}"),
    "diagnosis": f("diagnosis|finding|condition", "phrase", "diagnosis: {}", "found {}", "suffers from {}"),
    "team_a": f("home|home team|team a|first team", "club", "{} at home", "home side {}", "hosts {}"),
    "team_b": f("away|away team|team b|visitors|second team", "club", "against {}", "visitors {}", "away side {}"),
    "score_a": f("home score|home goals|goals home|score a", "small", "home scored {}", "{} goals for the home side", "home: {}"),
    "score_b": f("away score|away goals|goals away|score b", "small", "visitors scored {}", "{} goals for the visitors", "away: {}"),
    "status": f("status|state|order status|stage", "enum", "status {}", "it is {}", "the status is {}", "currently {}", "marked as {}", options="open|closed|pending|shipped|delivered|cancelled|draft|in progress|on hold|new|done|resolved|active|inactive|approved|rejected|failed|waiting|returned|archived"),
    "priority": f("priority|severity|urgency|importance|level", "enum", "priority {}", "{} priority", "this is {}", "severity {}", "treated as {}", options="low|medium|high|urgent|critical|normal|minor|major|blocker|trivial"),
    "category": f("category|type|kind|department|area|group|class", "enum", "category {}", "filed as {}", "type {}", "belongs to {}", "for the {} department", options="billing|technical|sales|hardware|software|network|food|travel|office|garden|sports|music|science|fiction|history|health|finance|support|access|other|general"),
    "method": f("payment method|payment|paid with|method|payment type", "enum", "paid by {}", "payment by {}", "method {}", "settled with {}", options="cash|card|credit card|bank transfer|invoice|paypal|cheque|voucher"),
    "currency": f("currency|currency code|cur", "currency", "currency {}", "in {}", "all amounts in {}"),
    "color": f("color|colour|finish|shade", "enum", "in {}", "colour {}", "the {} one", "finished in {}", options="red|blue|green|black|white|yellow|grey|orange|purple|brown|pink"),
    "size": f("size|format|variant", "enum", "size {}", "in {}", "a {} one", options="small|medium|large|xs|xl|s|m|l"),
    "level": f("level|log level|severity|difficulty", "enum", "level {}", "{} level", "[{}]", options="debug|info|warning|error|fatal|easy|medium|hard|beginner|advanced"),
    "cabin": f("class|cabin|travel class|fare", "enum", "{} class", "travelling {}", "class {}", options="economy|business|first|premium|second|standard"),
    "weekday": f("day|weekday|day of week|on", "enum", "on {}", "every {}", "{}", options="Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"),
    "sentiment": f("sentiment|mood|tone|attitude", "enum", "sounds {}", "the tone is {}", "{} overall", options="positive|negative|neutral|mixed|angry|happy"),
    "tags": f("tags|labels|keywords|topics|tag list", "list:word", "tags: {}", "tagged {}", "labels: {}", "keywords {}", "filed under {}"),
    "skills": f("skills|abilities|knows|expertise", "list:skill", "skills: {}", "good at {}", "knows {}", "can do {}"),
    "guests": f("attendees|participants|guests|members|people|invited|names", "list:person", "with {}", "attendees: {}", "{} will come", "invited: {}", "joined by {}"),
    "steps": f("steps|instructions|actions|tasks|todo|to do", "list:sentence", "steps: {}", "to do: {}", "tasks: {}"),
    "languages": f("languages|speaks|spoken languages", "list:language", "speaks {}", "languages: {}"),
    "things": f("items|products|articles|contents|equipment|parts|belongings", "list:thing", "items: {}", "contains {}", "bring {}", "parts: {}", "with {}"),
    "scores": f("scores|values|readings|numbers|results|samples", "list:decimal", "values {}", "readings: {}", "scores: {}", "measured {}"),
    "paid": f("paid|is paid|settled|payment received", "bool:paid|already paid|settled in full|payment has been received:not paid|unpaid|still open|payment is outstanding"),
    "gift": f("gift|gift wrap|is gift|as gift", "bool:it is a gift|gift wrapping wanted|please wrap it as a gift:not a gift|no gift wrapping"),
    "urgent": f("urgent|is urgent|rush|express", "bool:this is urgent|urgent|rush job:not urgent|no hurry|no rush"),
    "active": f("active|is active|enabled|active account", "bool:active|currently active|is enabled:inactive|no longer active|is disabled"),
    "member": f("member|is member|newsletter|subscribed|subscriber", "bool:is a member|has subscribed|gets the newsletter:not a member|has not subscribed|no newsletter"),
    "recommended": f("recommended|recommend|would recommend|recommends", "bool:would recommend it|recommended|recommends it:would not recommend it|not recommended|advises against it"),
    "verified": f("verified|verified purchase|confirmed|is verified", "bool:verified|confirmed|verified purchase:not verified|unverified|not confirmed"),
    "refundable": f("refundable|can cancel|free cancellation|cancellable", "bool:refundable|free cancellation|can be cancelled:not refundable|no cancellation|cannot be cancelled"),
    "vegetarian": f("vegetarian|is vegetarian|veggie|vegan", "bool:vegetarian|without meat:contains meat|not vegetarian"),
    "remote": f("remote|online|virtual|is remote", "bool:online|held remotely|remote:on site|in person|not remote"),
    "available": f("in stock|available|availability|is available", "bool:in stock|available|on hand:out of stock|not available|sold out"),
    "breakfast": f("breakfast|with breakfast|breakfast included", "bool:breakfast included|with breakfast:without breakfast|no breakfast"),
    "alarm": f("alarm|alert|triggered|warning", "bool:alarm raised|an alert went off|alarm on:no alarm|alarm off|all quiet"),
}

ADDRESS = ("street", "zip", "city", "country")
CONTACT = ("name", "email", "phone")
SIZE = ("length", "width", "height")
# domain: nouns | fields of the record | (name of the list, fields of its members) | (name of an inner object, its fields)
DOMAINS = {
    "invoice": ("invoice|bill|receipt|statement", "customer client_firm seller invoice_no date due total subtotal tax discount currency paid note method email bank", [("items|line items|lines|positions|entries|articles|products", "item qty price line_total sku discount")], [("billing address|address|bill to address", ADDRESS), ("customer|client|contact", CONTACT)]),
    "order": ("order|purchase|order confirmation|delivery", "customer order_no order_date ship_date total shipping_cost status gift method note seller phone email weight", [("items|products|lines|articles|order items|cart", "item qty price sku color size available")], [("shipping address|delivery address|ship to|address", ADDRESS)]),
    "ticket": ("ticket|support request|issue|bug report|complaint|incident", "number subject problem reporter assignee priority status category urgent moment date email tags service version", [("comments|messages|notes|history", "reporter note date"), ("steps|tasks|actions", "problem assignee")], [("reporter|contact|requester|customer", CONTACT)]),
    "person": ("person|employee|profile|contact|user|candidate", "name first_name last_name age email phone city country job employer salary birth active skills languages website username", [("jobs|experience|positions|career", "employer job year"), ("children|family|relatives", "name age")], [("address|home|home address", ADDRESS), ("contact|contact details", ("email", "phone"))]),
    "event": ("event|meeting|appointment|workshop|concert", "title date time end_time place city host attendees_n minutes guests remote tags price status weekday note", [("sessions|talks|agenda|program", "title host time minutes"), ("attendees|guests|speakers", "name email employer")], [("location|venue|place", ("place", "street", "city"))]),
    "book": ("book|novel|title|volume", "title author pages year publisher price category rating tags available languages", [("books|chapters|editions|titles", "title author pages year")], [("publisher|press", ("publisher", "city"))]),
    "recipe": ("recipe|dish|meal", "dish servings minutes level vegetarian steps tags author rating note", [("ingredients|ingredient list|shopping list|items", "ingredient amount amount_unit")], []),
    "sensor": ("reading|measurement|sensor report|log entry", "device temperature humidity battery reading unit moment alarm place status scores", [("readings|measurements|samples|values", "moment reading unit temperature humidity")], [("location|position|coordinates", ("lat", "lon"))]),
    "flight": ("flight|trip|booking|ticket|journey", "airline flight_no origin destination date time end_time seat passenger cabin price refundable status number", [("passengers|travellers", "passenger seat age"), ("legs|segments|flights", "flight_no origin destination time date")], [("departure|from|origin", ("city", "time", "date")), ("arrival|to|destination", ("city", "time"))]),
    "hotel": ("booking|reservation|stay|hotel booking", "passenger client_firm room nights check_in check_out price breakfast refundable attendees_n status number city email phone note", [("rooms|guests", "room passenger price nights")], [("hotel|property", ("client_firm", "city", "rating")), ("guest|contact", CONTACT)]),
    "review": ("review|rating|feedback", "product reviewer rating review date recommended verified sentiment tags title price", [("reviews|ratings|opinions", "reviewer rating review date")], [("product|item", ("product", "price", "sku"))]),
    "log": ("log line|event|incident|alert", "moment level service error ip username version problem status number", [("events|entries|errors|alerts", "moment level error service")], [("user|actor|source", ("username", "ip"))]),
    "product": ("product|article|catalogue entry|item", "product sku price color size weight available category rating seller tags year width height", [("variants|options|models", "color size price sku available")], [("dimensions|size|measurements", SIZE)]),
    "payment": ("payment|transfer|transaction", "customer seller total currency date method number status bank note verified", [("transactions|payments|entries|bookings", "date total note seller")], [("sender|payer|from", ("name", "bank")), ("recipient|payee|to", ("name", "bank"))]),
    "visit": ("visit|appointment|consultation", "patient doctor date time diagnosis temperature weight age phone urgent note birth", [("prescriptions|medication|treatments", "item amount amount_unit minutes")], [("patient|person", ("name", "birth", "phone"))]),
    "match": ("match|game", "team_a team_b score_a score_b date place attendees_n weekday time", [("goals|scorers|events", "name minutes"), ("players|lineup|squad", "name age")], []),
}


def bool_texts(field: Field) -> tuple[list[str], list[str]]:
    _, yes, no = field.make.split(":")
    return yes.split("|"), no.split("|")
