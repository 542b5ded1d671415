// ABNF: RFC 5234 with the strings of RFC 7405.
//
// Every decision is LL(1), so that the parser never predicts and builds no tables. A NEWLINE token reaches the parser only
// where it ends a rule: in front of a line that is indented no more than the first rule (see AbnfTokens). The lexer never
// fails: what is unfinished or unknown becomes a token that no rule mentions.
grammar Abnf;

rules : definition+ EOF ;

definition : name=NAME sign=(DEFINE | ADD) alternatives (NEWLINE | EOF) ;

alternatives : sequence ('/' sequence)* ;

sequence : item+ ;

item : times=REPEAT? element ;

element
    : NAME
    | TEXT
    | CASED_TEXT
    | VALUE
    | PROSE
    | group
    | option
    ;

group : '(' alternatives ')' ;

option : '[' alternatives ']' ;

DEFINE : '=' ;
ADD : '=/' ;
SLASH : '/' ;
OPEN : '(' ;
CLOSE : ')' ;
OPEN_OPTION : '[' ;
CLOSE_OPTION : ']' ;
REPEAT : [0-9]+ ('*' [0-9]*)? | '*' [0-9]* ;
NAME : [a-zA-Z] [a-zA-Z0-9-]* ;
TEXT : '"' ~["\r\n]* '"' ;
CASED_TEXT : '%' [sSiI] '"' ~["\r\n]* '"' ;
// all that could be meant as part of the value is, so that a wrong digit is an error there
VALUE : '%' [bBdDxX] [0-9a-zA-Z.-]* ;
PROSE : '<' ~[>\r\n]* '>' ;
// a whole run of blank and comment lines is one token
NEWLINE : [\r\n] ([ \t\r\n] | ';' ~[\r\n]*)* ;
SPACE : [ \t]+ -> skip ;
COMMENT : ';' ~[\r\n]* -> skip ;

LIST : '#' ;
OPEN_TEXT : ('%' [sSiI])? '"' ~["\r\n]* ;
OPEN_PROSE : '<' ~[>\r\n]* ;
UNKNOWN : . ;
