// Regular expressions of ECMA-262 with the u flag, and the tolerance for stray braces and needless escapes that
// patterns in the wild rely on.
//
// Every decision is LL(1), so that the parser never predicts and builds no tables. Runs of ordinary characters,
// classes and escapes are single tokens: only groups nest, and they are counted before the parser runs. The lexer
// never fails: what is unfinished becomes a token that no rule mentions.
grammar Regex;

pattern : disjunction EOF ;

disjunction : alternative ('|' alternative)* ;

alternative : (assertion | term)* ;

assertion : '^' | '$' ;

term : atom quantifier? ;

atom
    : TEXT
    | BRACE
    | ANY
    | CLASS
    | ESCAPE
    | group
    ;

group : (OPEN | OPEN_NAMED | OPEN_LOOK_AHEAD | OPEN_UNSUPPORTED) disjunction ')' ;

quantifier : ('*' | '+' | '?' | BOUNDS) '?'? ;

BAR : '|' ;
START : '^' ;
END : '$' ;
ANY : '.' ;
STAR : '*' ;
PLUS : '+' ;
QUESTION : '?' ;
BOUNDS : '{' [0-9]+ (',' [0-9]*)? '}' ;
OPEN : '(' | '(?:' ;
OPEN_NAMED : '(?<' ~[<>=!()]+ '>' ;
OPEN_LOOK_AHEAD : '(?=' | '(?!' ;
OPEN_UNSUPPORTED : '(?<=' | '(?<!' | '(?' [a-zA-Z-]+ [:<)]? | '(?>' | '(?#' | '(*' ;
CLOSE : ')' ;
CLASS : '[' (~[\]\\] | '\\' .)* ']' ;
ESCAPE
    : '\\' 'u' '{' ~[}]* '}'
    | '\\' 'u' HEX HEX HEX HEX
    | '\\' 'u' [dD] [89abAB] HEX HEX '\\' 'u' [dD] [c-fC-F] HEX HEX
    | '\\' 'x' HEX HEX
    | '\\' 'c' [a-zA-Z]
    | '\\' [pP] '{' ~[}]* '}'
    | '\\' 'k' '<' ~[>]* '>'
    | '\\' [0-9]+
    | '\\' .
    ;
TEXT : ~[\\^$.*+?()[\]{}|]+ ;
BRACE : [\]{}] ;

OPEN_CLASS : '[' (~[\]\\] | '\\' .)* '\\'? ;
UNKNOWN : . ;

fragment HEX : [0-9a-fA-F] ;
