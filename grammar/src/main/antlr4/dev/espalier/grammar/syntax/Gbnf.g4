// GBNF, the grammar notation of llama.cpp.
//
// Every decision is LL(1), so that the parser never predicts and builds no tables. Literals and classes are single
// tokens, sequences and alternatives are loops: only parentheses nest, and they are counted before the parser runs.
// A NEWLINE token reaches the parser only where it ends a rule, and a NUMBER only inside braces (see GbnfTokens). The
// lexer never fails: what is unfinished or unknown becomes a token that no rule mentions.
grammar Gbnf;

rules : definition+ EOF ;

definition : name=NAME '::=' alternatives (NEWLINE | EOF) ;

alternatives : sequence ('|' sequence)* ;

sequence : item* ;

item : atom quantifier* ;

atom
    : LITERAL
    | CLASS
    | ANY
    | TOKEN
    | NOT_TOKEN
    | NAME
    | group
    ;

group : '(' alternatives ')' ;

quantifier
    : '*'
    | '+'
    | '?'
    | '{' bounds '}'
    ;

bounds
    : least=NUMBER (comma=',' most=NUMBER?)?
    | comma=',' most=NUMBER
    ;

DEFINE : '::=' ;
BAR : '|' ;
OPEN : '(' ;
CLOSE : ')' ;
STAR : '*' ;
PLUS : '+' ;
QUESTION : '?' ;
OPEN_BRACE : '{' ;
CLOSE_BRACE : '}' ;
COMMA : ',' ;
ANY : '.' ;
NUMBER : [0-9]+ ;
NAME : [a-zA-Z0-9_-]+ ;
LITERAL : '"' (~["\\] | '\\' .)* '"' ;
CLASS : '[' (~[\]\\] | '\\' .)* ']' ;
TOKEN : '<' ~[>\r\n]+ '>' ;
NOT_TOKEN : '!<' ~[>\r\n]+ '>' ;
// a whole run of blank and comment lines is one token
NEWLINE : [\r\n] ([ \t\r\n] | '#' ~[\r\n]*)* ;
SPACE : [ \t]+ -> skip ;
COMMENT : '#' ~[\r\n]* -> skip ;

OPEN_LITERAL : '"' (~["\\] | '\\' .)* '\\'? ;
OPEN_CLASS : '[' (~[\]\\] | '\\' .)* '\\'? ;
UNKNOWN : . ;
