// Grammar files of Lark, the Python package, and of llguidance, which extends them.
//
// Every decision is LL(1), so that the parser never predicts and builds no tables. Lines matter: LarkTokens leaves out the ends of lines that mean nothing, and tells a
// tilde that negates (NOT) from one that repeats. What only one of the two knows is refused by name where it is translated. The lexer never fails: what is unfinished or
// unknown becomes a token that no rule mentions.
grammar Lark;

tokens { NOT }

file : statements EOF ;

statements : NEWLINE? (statement (NEWLINE statement?)*)? ;

statement
    : definition
    | ignore
    | importing
    | declare
    | change
    | SETTINGS
    ;

definition : name=(RULE | TERMINAL) parametric? parameters? priority? attributes? ':' expansions ;

parametric : '::' ;

parameters : '{' word (',' word)* '}' ;

priority : '.' NUMBER ;

attributes : '[' attribute (',' attribute)* ']' ;

attribute : key=RULE ('=' value=(STRING | REGEXP | TERMINAL | RULE | NUMBER | FLOAT | REGEX_BLOCK))? ;

ignore : '%ignore' expansions ;

importing : '%import' dot='.'? path (open='(' word (',' word)* ')' | arrow='->' word)? ;

path : word ('.' word)* ;

word : RULE | TERMINAL ;

declare : '%declare' word+ ;

change : kind=('%override' | '%extend') definition ;

expansions : alternative ('|' alternative)* ;

alternative : conjunct ('&' conjunct)* ('->' RULE)? condition? ;

condition : '%if' ;

conjunct : item* ;

item : (negation | atom) braces? quantifier? ;

negation : NOT atom ;

atom
    : RULE
    | TERMINAL
    | REGEXP
    | text
    | SPECIAL
    | GRAMMAR
    | JSON_BLOCK
    | REGEX_BLOCK
    | nested
    | group
    | maybe
    ;

text : first=STRING ('..' last=STRING)? ;

nested : '%lark' '{' statements '}' ;

group : '(' expansions ')' ;

maybe : '[' expansions ']' ;

braces
    : '{' (bounds | arguments) '}'
    | '::'
    ;

bounds
    : least=NUMBER (comma=',' most=NUMBER?)?
    | comma=',' most=NUMBER?
    ;

arguments : argument (',' argument)* ;

argument
    : call
    | TERMINAL
    | REGEXP
    | text
    ;

call : name=RULE braces? ;

quantifier
    : '*'
    | '+'
    | '?'
    | '~' least=NUMBER ('..' most=NUMBER)?
    ;

COLON : ':' ;
PARAMETRIC : '::' ;
BAR : '|' ;
AND : '&' ;
TILDE : '~' ;
ARROW : '->' ;
RANGE : '..' ;
DOT : '.' ;
COMMA : ',' ;
EQUALS : '=' ;
OPEN : '(' ;
CLOSE : ')' ;
OPEN_BRACE : '{' ;
CLOSE_BRACE : '}' ;
OPEN_BRACKET : '[' ;
CLOSE_BRACKET : ']' ;
STAR : '*' ;
PLUS : '+' ;
QUESTION : '?' ;
IGNORE : '%ignore' ;
IMPORT : '%import' ;
DECLARE : '%declare' ;
OVERRIDE : '%override' ;
EXTEND : '%extend' ;
IF : '%if' ;
LARK : '%lark' ;
SETTINGS : '%llguidance' BLANK* OBJECT ;
JSON_BLOCK : '%json' BLANK* (OBJECT | 'true' | 'false') ;
REGEX_BLOCK : '%regex' BLANK* OBJECT ;
RULE : ('!' '?'? | '?' '!'?)? '_'? [a-z] ('-'* [_a-z0-9])* ;
TERMINAL : '_'? [A-Z] ('-'* [_A-Z0-9])* ;
STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' 'i'? ;
REGEXP : '/' (~[/\\] | '\\' .) (~[/\\] | '\\' .)* '/' [imslux]* ;
NUMBER : [+-]? [0-9]+ ;
FLOAT : [+-]? [0-9]+ '.' [0-9]+ ;
SPECIAL : '<' ~[<> \t\r\n]+ '>' ;
GRAMMAR : '@' [a-zA-Z0-9_-]+ ;
// a whole run of blank and comment lines is one token
NEWLINE : '\r'? '\n' ([ \t\r\n\f] | LINE_COMMENT)* ;
SPACE : ([ \t\f] | '\\' ' '* '\r'? '\n')+ -> skip ;
COMMENT : LINE_COMMENT -> skip ;

OPEN_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
UNKNOWN : . ;

fragment LINE_COMMENT : ('//' | '#') ~[\r\n]* ;
fragment BLANK : [ \t\r\n] ;
fragment OBJECT : '{' (~["{}[\]] | JSON_STRING | OBJECT | ARRAY)* '}' ;
fragment ARRAY : '[' (~["{}[\]] | JSON_STRING | OBJECT | ARRAY)* ']' ;
fragment JSON_STRING : '"' (~["\\] | '\\' .)* '"' ;
