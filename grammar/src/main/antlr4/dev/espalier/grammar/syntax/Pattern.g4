// Regular expressions as lexers of other languages have them: Python's re, and Rust's regex.
//
// Every decision is LL(1), so that the parser never predicts and builds no tables. What only one of the two knows is a token all the same, and is refused by
// name where it is translated. The lexer never fails: what is unfinished becomes a token that no rule mentions.
grammar Pattern;

pattern : disjunction EOF ;

disjunction : alternative ('|' alternative)* ;

alternative : (assertion | directive | term)* ;

assertion : '^' | '$' | EDGE ;

directive : FLAGS | COMMENT ;

term : atom quantifier? ;

atom
    : TEXT
    | BRACE
    | ANY
    | CLASS
    | ESCAPE
    | group
    ;

group : (OPEN | OPEN_NAMED | OPEN_LOOK | OPEN_FLAGS | OPEN_UNSUPPORTED) disjunction ')' ;

quantifier : ('*' | '+' | '?' | BOUNDS) style=('?' | '+')? ;

BAR : '|' ;
START : '^' ;
END : '$' ;
EDGE : '\\' [AZzbB] ;
ANY : '.' ;
STAR : '*' ;
PLUS : '+' ;
QUESTION : '?' ;
BOUNDS : '{' ([0-9]+ (',' [0-9]*)? | ',' [0-9]*) '}' ;
OPEN : '(' | '(?:' ;
OPEN_NAMED : '(?P<' ~[<>=!()]+ '>' | '(?<' ~[<>=!()]+ '>' ;
OPEN_LOOK : '(?=' | '(?!' | '(?<=' | '(?<!' ;
OPEN_FLAGS : '(?' [a-zA-Z]* ('-' [a-zA-Z]+)? ':' ;
FLAGS : '(?' [a-zA-Z]+ ('-' [a-zA-Z]+)? ')' ;
COMMENT : '(?#' ~[)]* ')' ;
OPEN_UNSUPPORTED : '(?>' | '(?P=' | '(?P>' | '(?(' ;
CLOSE : ')' ;
CLASS : '[' '^'? ']'? (~[\]\\] | '\\' .)* ']' ;
ESCAPE
    : '\\' 'u' '{' ~[}]* '}'
    | '\\' 'u' HEX HEX HEX HEX
    | '\\' 'U' HEX HEX HEX HEX HEX HEX HEX HEX
    | '\\' 'x' '{' ~[}]* '}'
    | '\\' 'x' HEX HEX
    | '\\' 'N' '{' ~[}]* '}'
    | '\\' [pP] ('{' ~[}]* '}' | [a-zA-Z])
    | '\\' [0-9] [0-9]? [0-9]?
    | '\\' .
    ;
TEXT : ~[\\^$.*+?()[\]{}|]+ ;
BRACE : [\]{}] ;

OPEN_CLASS : '[' (~[\]\\] | '\\' .)* '\\'? ;
UNKNOWN : . ;

fragment HEX : [0-9a-fA-F] ;
