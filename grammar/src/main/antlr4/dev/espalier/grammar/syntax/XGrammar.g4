// EBNF as XGrammar has it.
//
// Every decision is LL(1), so that the parser never predicts and builds no tables: a name that a rule begins with is a
// DEFINED token, and its options, which look like a class, are an OPTIONS token (see XGrammarTokens). The lexer never
// fails: what is unfinished or unknown becomes a token that no rule mentions.
grammar XGrammar;

tokens { DEFINED, OPTIONS }

rules : definition+ EOF ;

definition : name=DEFINED options=OPTIONS? '::=' alternatives lookAhead? ;

lookAhead : '(=' alternatives ')' ;

alternatives : sequence ('|' sequence)* ;

sequence : item+ ;

item : atom quantifier? ;

atom
    : LITERAL
    | CLASS
    | NAME
    | EMPTY
    | group
    | macro
    ;

group : '(' alternatives ')' ;

quantifier
    : '*'
    | '+'
    | '?'
    | '{' bounds '}'
    ;

bounds : least=NUMBER (comma=',' most=NUMBER?)? ;

macro : MACRO arguments ;

arguments
    : EMPTY
    | '(' argument (',' argument)* ')'
    ;

argument
    : word=NAME ('=' value)?
    | plain
    ;

value
    : NAME
    | plain
    ;

plain
    : LITERAL
    | NUMBER
    | EMPTY
    | tuple
    ;

tuple : '(' value more* ')' ;

more : ',' value? ;

DEFINE : '::=' ;
BAR : '|' ;
LOOK_AHEAD : '(=' ;
EMPTY : '(' [ \t\r\n]* ')' ;
OPEN : '(' ;
CLOSE : ')' ;
STAR : '*' ;
PLUS : '+' ;
QUESTION : '?' ;
OPEN_BRACE : '{' ;
CLOSE_BRACE : '}' ;
COMMA : ',' ;
EQUALS : '=' ;
NUMBER : [0-9]+ ;
MACRO : 'Regex' | 'Substring' | 'TagDispatch' | 'Token' | 'ExcludeToken' | 'TokenTagDispatch' ;
NAME : [a-zA-Z_.-] [a-zA-Z0-9_.-]* ;
LITERAL : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
CLASS : '[' (~[\]\\\r\n] | '\\' ~[\r\n])* ']' ;
SPACE : [ \t\r\n]+ -> skip ;
COMMENT : '#' ~[\r\n]* -> skip ;

OPEN_LITERAL : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
OPEN_CLASS : '[' (~[\]\\\r\n] | '\\' ~[\r\n])* '\\'? ;
UNKNOWN : . ;
