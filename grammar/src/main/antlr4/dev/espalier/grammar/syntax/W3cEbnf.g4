// EBNF as the XML recommendation of the W3C has it.
//
// Every decision is LL(1), so that the parser never predicts and builds no tables: a name that a rule begins with is a
// DEFINED token, and numbers of productions are left out (see W3cTokens). The lexer never fails: what is unfinished or
// unknown becomes a token that no rule mentions.
grammar W3cEbnf;

tokens { DEFINED }

rules : definition+ EOF ;

definition : name=DEFINED '::=' alternatives ;

alternatives : sequence ('|' sequence)* ;

sequence : item+ ;

item : operand exception? ;

exception : '-' operand ;

operand : atom quantifier? ;

atom
    : LITERAL
    | CLASS
    | CHARACTER
    | NAME
    | group
    ;

group : '(' alternatives ')' ;

quantifier
    : '*'
    | '+'
    | '?'
    ;

DEFINE : '::=' ;
BAR : '|' ;
EXCEPT : '-' ;
STAR : '*' ;
PLUS : '+' ;
QUESTION : '?' ;
OPEN : '(' ;
CLOSE : ')' ;
NAME : [a-zA-Z_] [a-zA-Z0-9_.]* ;
LITERAL : '"' ~["\r\n]* '"' | '\'' ~['\r\n]* '\'' ;
// all that could be meant as part of the number is, so that a wrong digit is an error there
CHARACTER : '#x' [0-9a-zA-Z]* ;
// well-formedness and validity constraints
CONSTRAINT : '[' [ \t]* ([wW] [fF] | [vV]) [cC] [ \t]* ':' ~']'* ']' -> skip ;
CLASS : '[' ~[\]\r\n]* ']' ;
SPACE : [ \t\r\n]+ -> skip ;
COMMENT : '/*' .*? '*/' -> skip ;

OPEN_LITERAL : '"' ~["\r\n]* | '\'' ~['\r\n]* ;
OPEN_CLASS : '[' ~[\]\r\n]* ;
OPEN_COMMENT : '/*' .*? ;
UNKNOWN : . ;
