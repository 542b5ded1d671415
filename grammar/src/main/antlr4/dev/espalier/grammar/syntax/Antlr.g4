// Grammar files of ANTLR 4.
//
// Every decision is LL(1), so that the parser never predicts and builds no tables: a name before "=" or "+=" is a LABEL token (see AntlrTokens). The lexer
// never fails: what is unfinished or unknown becomes a token that no rule mentions.
grammar Antlr;

tokens { LABEL }

file : header statement* EOF ;

header : kind=('lexer' | 'parser')? 'grammar' name ';' ;

statement
    : settings
    | imports
    | declared
    | namedAction
    | section
    | definition
    ;

settings : OPTIONS option* '}' ;

option : LABEL '=' value ';' ;

value : name ('.' name)* | STRING | NUMBER | ACTION ;

imports : 'import' imported (',' imported)* ';' ;

imported : (LABEL '=')? name ;

declared : kind=(TOKENS | CHANNELS) (name ((',' | ';') name?)*)? '}' ;

namedAction : '@' (name | 'parser' | 'lexer') ('::' name)? ACTION ;

section : 'mode' name ';' ;

definition
    : modifier* name BRACKET? ('returns' BRACKET)? ('throws' name (',' name)*)? ('locals' BRACKET)?
      (settings | namedAction)* ':' alternatives ';' handler*
    ;

modifier : 'fragment' | 'public' | 'protected' | 'private' ;

handler : 'catch' BRACKET ACTION | 'finally' ACTION ;

alternatives : alternative ('|' alternative)* ;

alternative : elementOptions? element* commands? ('#' name)? ;

commands : '->' command (',' command)* ;

command : (name | 'mode') ('(' argument ')')? ;

argument : name | NUMBER ;

element
    : label? operand suffix?
    | action
    ;

action : ACTION asks='?'? elementOptions? ;

label : LABEL ('=' | '+=') ;

operand
    : negation
    | atom
    ;

negation : '~' atom ;

atom
    : reference
    | text
    | BRACKET
    | any
    | group
    ;

reference : (TOKEN | RULE BRACKET?) elementOptions? ;

text : first=STRING ('..' last=STRING)? elementOptions? ;

any : '.' elementOptions? ;

group : '(' (settings? blockAction* ':')? alternatives ')' ;

blockAction : '@' name ACTION ;

suffix : operator=('*' | '+' | '?') lazy='?'? ;

elementOptions : '<' (elementOption (',' elementOption)*)? '>' ;

elementOption : name ('.' name)* | LABEL '=' value ;

name : RULE | TOKEN ;

GRAMMAR : 'grammar' ;
LEXER : 'lexer' ;
PARSER : 'parser' ;
IMPORT : 'import' ;
FRAGMENT : 'fragment' ;
PUBLIC : 'public' ;
PROTECTED : 'protected' ;
PRIVATE : 'private' ;
RETURNS : 'returns' ;
LOCALS : 'locals' ;
THROWS : 'throws' ;
CATCH : 'catch' ;
FINALLY : 'finally' ;
MODE : 'mode' ;
OPTIONS : 'options' BLANK* '{' ;
TOKENS : 'tokens' BLANK* '{' ;
CHANNELS : 'channels' BLANK* '{' ;

COLON : ':' ;
COLONS : '::' ;
SEMICOLON : ';' ;
COMMA : ',' ;
EQUAL : '=' ;
ADD : '+=' ;
ARROW : '->' ;
BAR : '|' ;
TILDE : '~' ;
STAR : '*' ;
PLUS : '+' ;
QUESTION : '?' ;
RANGE : '..' ;
DOT : '.' ;
AT : '@' ;
HASH : '#' ;
OPEN : '(' ;
CLOSE : ')' ;
LESS : '<' ;
GREATER : '>' ;
CLOSE_BRACE : '}' ;

TOKEN : UPPER LETTER* ;
RULE : LOWER LETTER* ;
NUMBER : [0-9]+ ;
STRING : '\'' (~['\\\r\n] | '\\' ~[\r\n])* '\'' ;
BRACKET : '[' (~[\]\\] | '\\' .)* ']' ;
ACTION : '{' (ACTION | QUOTED | BLOCK_COMMENT | LINE | '\\' . | ~[{}"'/\\] | '/')* '}' ;

SPACE : BLANK+ -> skip ;
COMMENT : (BLOCK_COMMENT | LINE) -> skip ;

OPEN_STRING : '\'' (~['\\\r\n] | '\\' ~[\r\n])* ;
OPEN_BRACKET : '[' (~[\]\\] | '\\' .)* ;
OPEN_ACTION : '{' ;
OPEN_COMMENT : '/*' .*? ;
UNKNOWN : . ;

fragment BLANK : [ \t\r\n\f] ;
fragment QUOTED : '"' (~["\\] | '\\' .)* '"' | '\'' (~['\\] | '\\' .)* '\'' ;
fragment BLOCK_COMMENT : '/*' .*? '*/' ;
fragment LINE : '//' ~[\r\n]* ;
fragment UPPER : [A-Z] ;
fragment LOWER : [a-z] ;
fragment LETTER : [a-zA-Z0-9_] ;
