// Read queries of Cypher: MATCH, OPTIONAL MATCH, WHERE, UNWIND, WITH, RETURN, ORDER BY, SKIP, LIMIT and UNION over patterns with labels,
// types, lengths and properties; expressions with lists, maps, CASE, comprehensions, quantifiers and patterns. Keywords may be in any case.
// Leaves out: CALL, subqueries in braces, shortest paths, quantified and dynamic patterns, `\u` in strings, other bases of numbers, and all
// that writes. The keywords below and a few words with a syntax of their own are no names unless they are in back-ticks. Not enforced, as in all
// context-free grammars: that variables are defined, parts of a UNION return the same columns, and values have the right type.
grammar Cypher;

options { caseInsensitive = true; }

query : single ((UNION single)* | (UNION ALL single)+) ';'? EOF ;
single : (match | unwind | with)* result ;

match : OPTIONAL? MATCH path (',' path)* where? ;
where : WHERE expression ;
unwind : UNWIND expression AS name ;
with : WITH DISTINCT? ('*' | column (',' column)*) page where? ;
column : name | expression AS name ;
result : RETURN DISTINCT? ('*' | item (',' item)*) page ;
item : expression (AS name)? ;
page : (ORDER BY order (',' order)*)? (SKIP_ count)? (LIMIT count)? ;
count : INTEGER | '$' name ;
order : expression (ASC | ASCENDING | DESC | DESCENDING)? ;

path : (name '=')? node (relationship node)* ;
node : '(' name? labels? map? (WHERE expression)? ')' ;
labels : ':' label ;
label : labelFactor (('|' | '&') labelFactor)* ;
labelFactor : '!'? (name | '(' label ')') ;
relationship : '<' '-' details? '-' | '-' details? '-' '>'? ;
details : '[' name? types? length? map? (WHERE expression)? ']' ;
types : ':' name ('|' name)* ;
length : '*' (INTEGER ('..' INTEGER?)? | '..' INTEGER)? ;

expression : exclusive (OR exclusive)* ;
exclusive : conjunction (XOR conjunction)* ;
conjunction : negation (AND negation)* ;
negation : NOT* comparison ;
comparison : predicate (('=' | '<>' | '<' | '<=' | '>' | '>=') predicate)* ;
predicate : sum (('=~' | STARTS WITH | ENDS WITH | CONTAINS | IN) sum | IS NOT? NULL)? ;
sum : product (('+' | '-' | '||') product)* ;
product : power (('*' | '/' | '%') power)* ;
power : signed ('^' signed)* ;
signed : ('+' | '-')? operand ;
operand : number | value ('.' name | '[' (expression | expression? '..' expression?) ']')* ;

value
    : STRING | TRUE | FALSE | NULL | '$' name | name
    | COUNT '(' '*' ')'
    | (name ('.' name)* | COUNT) '(' (DISTINCT? expression (',' expression)*)? ')'
    | CASE expression? (WHEN expression THEN expression)+ (ELSE expression)? END
    | '[' (expression (',' expression)*)? ']'
    | '[' name IN expression where? ('|' expression)? ']'
    | (ALL | ANY | NONE | SINGLE) '(' name IN expression where ')'
    | node (relationship node)+
    | map
    | '(' expression ')'
    ;

map : '{' (name ':' expression (',' name ':' expression)*)? '}' ;
number : INTEGER | DECIMAL ;
name : NAME | QUOTED ;

ALL : 'all' ;
AND : 'and' ;
ANY : 'any' ;
AS : 'as' ;
ASC : 'asc' ;
ASCENDING : 'ascending' ;
BY : 'by' ;
CASE : 'case' ;
CONTAINS : 'contains' ;
COUNT : 'count' ;
DESC : 'desc' ;
DESCENDING : 'descending' ;
DISTINCT : 'distinct' ;
ELSE : 'else' ;
END : 'end' ;
ENDS : 'ends' ;
FALSE : 'false' ;
IN : 'in' ;
IS : 'is' ;
LIMIT : 'limit' ;
MATCH : 'match' ;
NONE : 'none' ;
NOT : 'not' ;
NULL : 'null' ;
OPTIONAL : 'optional' ;
OR : 'or' ;
ORDER : 'order' ;
RETURN : 'return' ;
SINGLE : 'single' ;
SKIP_ : 'skip' ;
STARTS : 'starts' ;
THEN : 'then' ;
TRUE : 'true' ;
UNION : 'union' ;
UNWIND : 'unwind' ;
WHEN : 'when' ;
WHERE : 'where' ;
WITH : 'with' ;
XOR : 'xor' ;

// words with a syntax of their own that is left out
SPECIAL
    : 'allshortestpaths' | 'allreduce' | 'collect' | 'exists' | 'inf' | 'infinity' | 'nan' | 'normalize' | 'reduce' | 'shortestpath' | 'trim'
    | 'vector' | 'typed' | 'normalized' | 'nfc' | 'nfd' | 'nfkc' | 'nfkd'
    ;

NAME : [a-z_] [a-z0-9_$]* ;
QUOTED : '`' (~[`\r\n\\] | '``')+ '`' ;
INTEGER : '0' | [1-9] D? D? D? D? D? D? D? D? D? D? D? D? D? D? D? D? D? ;
DECIMAL : ('0' | [1-9] D*) '.' D+ ([e] [+-]? D D?)? ;
// numbers of other forms, and numbers with letters behind: not in any rule
OTHER_NUMBER : D+ ('.' D+)? [a-z0-9_$]* ;
STRING : '\'' (~['\\] | ESCAPE)* '\'' | '"' (~["\\] | ESCAPE)* '"' ;
BLANKS : [ \t\r\n]+ -> skip ;
COMMENT : ('/*' .*? '*/' | '//' ~[\r\n]*) -> skip ;
fragment ESCAPE : '\\' [bfnrt'"\\] ;
fragment D : [0-9] ;
