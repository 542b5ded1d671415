// Lines of a calculator: names, sums and products, with comments.
grammar Calculator;

program : line* EOF ;

line
    : 'let' NAME '=' sum ';'
    | sum ';'
    ;

sum
    : sum ('*' | '/') sum
    | sum ('+' | '-') sum
    | NUMBER
    | NAME
    | '(' sum ')'
    ;

NAME : [a-z]+ ;
NUMBER : [0-9]+ ('.' [0-9]+)? ;
BLANK : [ \t\r\n]+ -> skip ;
COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;
