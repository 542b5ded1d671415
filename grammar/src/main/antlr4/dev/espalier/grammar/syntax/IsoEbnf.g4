// EBNF as ISO/IEC 14977 has it. Comments, which nest, are blanks by now (see IsoComments).
//
// Every decision is LL(1), so that the parser never predicts and builds no tables. Gaps in names mean nothing: names are
// runs of words. The lexer never fails: what is unfinished or unknown becomes a token that no rule mentions.
grammar IsoEbnf;

rules : definition+ EOF ;

definition : name '=' alternatives END ;

name : WORD+ ;

alternatives : sequence (BAR sequence)* ;

sequence : term (',' term)* ;

term : factor exception? ;

exception : '-' factor ;

factor : (times=NUMBER '*')? primary? ;

primary
    : reference
    | LITERAL
    | SPECIAL
    | group
    | option
    | repetition
    ;

reference : WORD+ ;

group : '(' alternatives ')' ;

option : OPEN_OPTION alternatives CLOSE_OPTION ;

repetition : OPEN_REPETITION alternatives CLOSE_REPETITION ;

DEFINE : '=' ;
END : [;.] ;
BAR : [|/!] ;
COMMA : ',' ;
EXCEPT : '-' ;
TIMES : '*' ;
OPEN : '(' ;
CLOSE : ')' ;
OPEN_OPTION : '[' | '(/' ;
CLOSE_OPTION : ']' | '/)' ;
OPEN_REPETITION : '{' | '(:' ;
CLOSE_REPETITION : '}' | ':)' ;
NUMBER : [0-9]+ ;
WORD : [a-zA-Z] [a-zA-Z0-9_]* ;
LITERAL : '"' ~["\r\n]* '"' | '\'' ~['\r\n]* '\'' ;
SPECIAL : '?' ~'?'* '?' ;
SPACE : [ \t\r\n\f\u000B]+ -> skip ;

FOREIGN : '::=' | ':=' ;
OPEN_LITERAL : '"' ~["\r\n]* | '\'' ~['\r\n]* ;
OPEN_SPECIAL : '?' ~'?'* ;
UNKNOWN : . ;
