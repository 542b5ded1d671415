// Compilation units of Java 17, without modules. Laxer than the language in what needs types, or a second look: any expression may stand as a statement, and operators
// have no precedence, which decides no text.
grammar java;

compilationUnit : (annotation* 'package' qualifiedName ';')? (importDeclaration | ';')* typeDeclaration* EOF ;

importDeclaration : 'import' 'static'? qualifiedName ('.' '*')? ';' ;

typeDeclaration : modifier* declaredType | ';' ;

modifier
    : annotation
    | 'public' | 'protected' | 'private' | 'abstract' | 'static' | 'final' | 'strictfp' | 'sealed' | 'non-sealed'
    | 'default' | 'native' | 'synchronized' | 'transient' | 'volatile'
    ;

declaredType : classDeclaration | interfaceDeclaration | enumDeclaration | recordDeclaration | annotationDeclaration ;

classDeclaration
    : 'class' identifier typeParameters? ('extends' type)? ('implements' types)? ('permits' types)? classBody
    ;

interfaceDeclaration : 'interface' identifier typeParameters? ('extends' types)? ('permits' types)? classBody ;

enumDeclaration : 'enum' identifier ('implements' types)? '{' enumConstants? ','? (';' member*)? '}' ;

enumConstants : enumConstant (',' enumConstant)* ;

enumConstant : annotation* identifier arguments? classBody? ;

recordDeclaration : 'record' identifier typeParameters? parameters ('implements' types)? classBody ;

annotationDeclaration : '@' 'interface' identifier classBody ;

typeParameters : '<' typeParameter (',' typeParameter)* '>' ;

typeParameter : annotation* identifier ('extends' type ('&' type)*)? ;

// Members

classBody : '{' member* '}' ;

member : ';' | 'static'? block | modifier* (declaredType | constructor | method | fields) ;

constructor : typeParameters? identifier parameters throwing? block | identifier block ;

method
    : typeParameters? annotation* (type | 'void') identifier parameters dimensions throwing? ('default' elementValue)? (block | ';')
    ;

throwing : 'throws' types ;

fields : type variables ';' ;

variables : variable (',' variable)* ;

variable : identifier dimensions ('=' initializer)? ;

initializer : expression | arrayInitializer ;

arrayInitializer : '{' (initializer (',' initializer)*)? ','? '}' ;

parameters : '(' (parameter (',' parameter)*)? ')' ;

parameter : (annotation | 'final')* type (annotation* '...')? ((identifier '.')* 'this' | identifier dimensions) ;

annotation : '@' qualifiedName ('(' (elements | elementValue)? ')')? ;

elements : element (',' element)* ;

element : identifier '=' elementValue ;

elementValue : conditional | annotation | '{' (elementValue (',' elementValue)*)? ','? '}' ;

// Types

types : type (',' type)* ;

type : annotation* (primitiveType | classType) dimensions ;

dimensions : (annotation* '[' ']')* ;

primitiveType : 'boolean' | 'byte' | 'char' | 'short' | 'int' | 'long' | 'float' | 'double' ;

classType : identifier typeArguments? ('.' annotation* identifier typeArguments?)* ;

typeArguments : '<' (typeArgument (',' typeArgument)*)? '>' ;

typeArgument : type | annotation* '?' (('extends' | 'super') type)? ;

// Statements

block : '{' blockStatement* '}' ;

blockStatement : localVariables ';' | localModifier* declaredType | statement ;

localModifier : annotation | 'abstract' | 'final' | 'static' | 'strictfp' | 'sealed' | 'non-sealed' ;

localVariables : (annotation | 'final')* type variables ;

statement
    : block
    | ';'
    | identifier ':' statement
    | 'assert' expression (':' expression)? ';'
    | 'if' condition statement ('else' statement)?
    | 'for' '(' forControl ')' statement
    | 'while' condition statement
    | 'do' statement 'while' condition ';'
    | 'try' resources? block catching* ('finally' block)?
    | switching
    | 'synchronized' condition block
    | 'return' expression? ';'
    | 'throw' expression ';'
    | 'break' identifier? ';'
    | 'continue' identifier? ';'
    | 'yield' expression ';'
    | expression ';'
    ;

condition : '(' expression ')' ;

forControl
    : (localVariables | expressions)? ';' expression? ';' expressions?
    | (annotation | 'final')* type identifier dimensions ':' expression
    ;

resources : '(' resource (';' resource)* ';'? ')' ;

resource : (annotation | 'final')* type identifier '=' expression | expression ;

catching : 'catch' '(' (annotation | 'final')* type ('|' type)* identifier ')' block ;

switching : 'switch' condition '{' (switchRule* | switchGroup* switchLabel*) '}' ;

switchRule : switchCase '->' (expression ';' | block | 'throw' expression ';') ;

switchGroup : switchLabel+ blockStatement+ ;

switchLabel : switchCase ':' ;

switchCase : 'case' conditional (',' conditional)* | 'default' ;

// Expressions

expressions : expression (',' expression)* ;

expression : conditional (assignment expression)? | lambda ;

assignment : '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>' '>=' | '>' '>' '>=' ;

lambda : (identifier | '(' (identifier (',' identifier)*)? ')' | parameters) '->' (expression | block) ;

conditional : operation ('?' expression ':' (conditional | lambda))? ;

operation : unary (operator unary | 'instanceof' 'final'? type identifier?)* ;

operator
    : '||' | '&&' | '|' | '^' | '&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '<<' | '>' '>' '>'? | '+' | '-' | '*' | '/' | '%'
    ;

unary
    : ('+' | '-' | '++' | '--' | '!' | '~') unary
    | '(' type ('&' type)* ')' (unary | lambda)
    | primary selector*
    ;

primary
    : literal
    | identifier
    | 'this'
    | 'super'
    | 'void'
    | '(' expression ')'
    | type
    | 'new' creator
    | switching
    ;

selector
    : '.' annotation* typeArguments? (identifier | 'this' | 'super' | 'class')
    | '.' 'new' creator
    | '::' typeArguments? (identifier | 'new')
    | arguments
    | '[' expression ']'
    | '++'
    | '--'
    ;

arguments : '(' expressions? ')' ;

creator
    : typeArguments? annotation* classType arguments classBody?
    | annotation* (primitiveType | classType) ((annotation* '[' expression ']')+ dimensions | (annotation* '[' ']')+ arrayInitializer)
    ;

qualifiedName : identifier ('.' identifier)* ;

literal : INTEGER | FLOAT | CHARACTER | STRING | TEXT_BLOCK | 'true' | 'false' | 'null' ;

identifier : IDENTIFIER | 'permits' | 'record' | 'sealed' | 'yield' ;

// Tokens

INTEGER : ('0' | [1-9] DIGITS? | '0' '_'* [0-7] OCTAL? | '0' [xX] HEXADECIMAL | '0' [bB] BINARY) [lL]? ;

FLOAT
    : DECIMAL '.' DECIMAL? EXPONENT? [fFdD]?
    | '.' DECIMAL EXPONENT? [fFdD]?
    | DECIMAL (EXPONENT [fFdD]? | [fFdD])
    | '0' [xX] (HEXADECIMAL '.'? | HEXADECIMAL? '.' HEXADECIMAL) [pP] [+\-]? DECIMAL [fFdD]?
    ;

CHARACTER : '\'' (~['\\\r\n] | ESCAPE) '\'' ;

STRING : '"' (~["\\\r\n] | ESCAPE)* '"' ;

TEXT_BLOCK : '"""' [ \t\f]* ('\r'? '\n' | '\r') ('"'? '"'? (~["\\] | '\\' ('\r'? '\n' | '\r') | ESCAPE))* '"""' ;

IDENTIFIER : [a-zA-Z$_\u0080-\u{10FFFF}] [a-zA-Z0-9$_\u0080-\u{10FFFF}]* ;

SPACE : [ \t\r\n\f\u001a]+ -> skip ;

// in no rule, so that what is never closed is not cut into smaller tokens
UNCLOSED : '/*' ;
COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;

LINE_COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;

fragment ESCAPE : '\\' ([btnfrs"'\\] | [0-3]? [0-7]? [0-7] | 'u'+ HEX HEX HEX HEX) ;

fragment DECIMAL : [0-9] DIGITS? ;

fragment EXPONENT : [eE] [+\-]? DECIMAL ;

fragment DIGITS : [0-9_]* [0-9] ;

fragment OCTAL : [0-7_]* [0-7] ;

fragment HEXADECIMAL : HEX ([0-9a-fA-F_]* HEX)? ;

fragment HEX : [0-9a-fA-F] ;

fragment BINARY : [01] ([01_]* [01])? ;
