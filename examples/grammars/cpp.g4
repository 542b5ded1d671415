// Bodies of C++20 functions: declarations of variables, statements, and expressions with lambdas, casts and templates.
// Leaves out: classes, local functions, attributes, goto and labels, coroutines, asm, the preprocessor, literals of users' own, delimiters of raw strings, pointers to members,
// placement new, and the words and, or, not. Operators have no precedence, which decides no text. Laxer than the language in what names mean: whether a name is a template, a type or
// a variable, where case, break and return may stand, and what may be assigned to.
grammar Cpp;

body : compound EOF ;

compound : '{' statement* '}' ;

statement
    : compound
    | ';'
    | expression ';'
    | declaration ';'
    | 'if' 'constexpr'? '(' initialization? condition ')' statement ('else' statement)?
    | 'switch' '(' initialization? condition ')' statement
    | 'while' '(' condition ')' statement
    | 'do' statement 'while' '(' expression ')' ';'
    | 'for' '(' initialization condition? ';' expression? ')' statement
    | 'for' '(' initialization? specifier* type rangeName ':' initial ')' statement
    | 'case' conditional ':' statement
    | 'default' ':' statement
    | ('break' | 'continue') ';'
    | 'return' initial? ';'
    | 'try' compound handler+
    ;

initialization : (expression | declaration)? ';' ;
condition : expression | specifier* type declarator ('=' initial | braces) ;
handler : 'catch' '(' ('...' | specifier* type (declarator | reference*)) ')' compound ;

declaration
    : specifier* type initialized (',' initialized)*
    | specifier* 'auto' cv* reference? '[' NAME (',' NAME)* ']' ('=' initial | braces)
    | 'using' NAME '=' type reference*
    | 'using' 'namespace' NAME ('::' NAME)*
    | 'typedef' type declarator
    | 'static_assert' '(' conditional (',' STRING)? ')'
    ;

specifier : 'static' | 'thread_local' | 'constexpr' | 'extern' ;
initialized : declarator ('=' initial | braces | '(' arguments ')')? ;
declarator : reference* NAME ('[' conditional? ']')* ;
rangeName : reference* NAME | reference? '[' NAME (',' NAME)* ']' ;
reference : '*' cv* | '&' | '&&' ;
cv : 'const' | 'volatile' ;
initial : expression | braces ;
braces : '{' (element (',' element)* ','?)? '}' ;
element : ('.' NAME '=')? (assignment | braces) | '.' NAME braces ;

// Types; two brackets that close at once are one token

type : cv* (builtin | 'auto' | '::'? named) cv* ;
builtin
    : 'void' | 'bool' | 'char' | 'wchar_t' | 'char8_t' | 'char16_t' | 'char32_t' | 'float' | 'long'? 'double'
    | ('signed' | 'unsigned')? ('int' | 'short' 'int'? | 'long' 'long'? 'int'?)
    | ('signed' | 'unsigned') 'char'?
    ;
named : (NAME | template) ('::' (NAME | template))* ;
template : NAME '<' (typeArgument (',' typeArgument)*)? '>' | NAME '<' (typeArgument ',')* open '>>' ;
open : cv* '::'? ((NAME | template) '::')* NAME '<' typeArgument (',' typeArgument)* ;
typeArgument : type (reference* | '(' parameters? ')') | literal ;

parameters : parameter (',' parameter)* ;
parameter : type (reference* | declarator) ('=' assignment)? ;

// Expressions

expression : assignment (',' assignment)* ;
assignment : conditional | binary assigned (assignment | braces) | 'throw' assignment? ;
assigned : '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '<<=' | '>>=' | '&=' | '|=' | '^=' ;
conditional : binary ('?' expression ':' assignment)? ;
binary : unary (operator unary)* ;
operator
    : '+' | '-' | '*' | '/' | '%' | '<<' | '>>' | '<' | '>' | '<=' | '>=' | '<=>' | '==' | '!=' | '&' | '|' | '^' | '&&' | '||'
    ;
unary
    : ('++' | '--' | '*' | '&' | '+' | '-' | '!' | '~') unary
    | 'sizeof' (unary | '(' builtin reference* ')')
    | '(' cv* builtin reference* ')' unary
    | 'new' type reference* ('[' expression ']' | '(' arguments? ')' | braces)?
    | 'delete' ('[' ']')? unary
    | postfix
    ;
postfix : primary ('[' (expression | braces) ']' | '(' arguments? ')' | ('.' | '->') 'template'? (NAME | template) | '++' | '--')* ;
primary
    : literal
    | 'this'
    | '::'? ((NAME | template) '::')* NAME
    | '::'? named braces
    | '::'? ((NAME | template) '::')* template '(' arguments? ')'
    | builtin ('(' arguments? ')' | braces)
    | '(' expression ')'
    | ('static_cast' | 'dynamic_cast' | 'const_cast' | 'reinterpret_cast') cast '(' expression ')'
    | 'noexcept' '(' expression ')'
    | 'typeid' '(' expression ')'
    | lambda
    ;
cast : '<' type reference* '>' | '<' open '>>' ;
arguments : (assignment | braces) (',' (assignment | braces))* ;
lambda : '[' captures? ']' ('(' parameters? ')' 'mutable'? 'noexcept'? ('->' type reference*)?)? compound ;
captures : ('=' | '&' | capture) (',' capture)* ;
capture : '&'? NAME ('=' assignment)? | '*'? 'this' ;
literal : INTEGER | FLOAT | CHARACTER | STRING+ | 'true' | 'false' | 'nullptr' ;

// Tokens

RESERVED
    : 'alignas' | 'alignof' | 'and' | 'and_eq' | 'asm' | 'bitand' | 'bitor' | 'class' | 'co_await' | 'co_return' | 'co_yield' | 'compl' | 'concept' | 'consteval' | 'constinit'
    | 'decltype' | 'enum' | 'explicit' | 'export' | 'friend' | 'goto' | 'inline' | 'not' | 'not_eq' | 'operator' | 'or' | 'or_eq' | 'private' | 'protected' | 'public' | 'register'
    | 'requires' | 'struct' | 'typename' | 'union' | 'virtual' | 'xor' | 'xor_eq'
    ;

INTEGER : ('0' [xX] HEX ('\''? HEX)* | '0' [bB] [01] ('\''? [01])* | '0' ('\''? [0-7])* | [1-9] ('\''? DIGIT)*) SUFFIX? ;
FLOAT : (DIGITS? '.' DIGITS | DIGITS '.') EXPONENT? [fFlL]? | DIGITS EXPONENT [fFlL]? ;
// numbers that go on with what is no part of them, and literals of users' own: not in any rule
OTHER_NUMBER : '.'? DIGIT ([eEpP] [+-] | '\''? [a-zA-Z0-9_] | '.')* ;
CHARACTER : PREFIX? '\'' (~['\\\r\n] | ESCAPE) '\'' ;
STRING : PREFIX? ('"' (~["\\\r\n] | ESCAPE)* '"' | 'R"(' (~[)] | ')'+ ~[)"])* ')'+ '"') ;
OTHER_TEXT : (CHARACTER | STRING) [a-zA-Z_] [a-zA-Z0-9_]* ;
// what is never closed: in no rule, so that it is not cut into smaller tokens
UNCLOSED : '/*' | PREFIX? 'R"(' ;
NAME : [a-zA-Z_] [a-zA-Z0-9_]* ;
BLANKS : [ \t\r\n]+ -> skip ;
COMMENT : ('/*' .*? '*/' | '//' ~[\r\n\\]*) -> skip ;

fragment DIGIT : [0-9] ;
fragment DIGITS : DIGIT ('\''? DIGIT)* ;
fragment HEX : [0-9a-fA-F] ;
fragment SUFFIX : [uU] ('l' | 'L' | 'll' | 'LL')? | ('l' | 'L' | 'll' | 'LL') [uU]? ;
fragment EXPONENT : [eE] [+-]? DIGITS ;
fragment PREFIX : 'u8' | [uUL] ;
fragment ESCAPE : '\\' (['"?\\abfnrtv] | [0-7] [0-7]? [0-7]? | 'x' HEX HEX? | 'u' HEX HEX HEX HEX) ;
