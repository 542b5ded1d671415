"""Small templates, by feature. Each is one line of the language, written for this project."""

CONTEXT = {
    "user": "hi {{ 7*7 }} {% if x %} <|end|>",
    "name": "Zoë",
    "wide": "a😀b",
    "n": 7,
    "x": 2.5,
    "big": 123456789012345678901234567890,
    "flag": True,
    "off": False,
    "nothing": None,
    "empty": "",
    "list": [3, 1, 2],
    "words": ["pear", "Apple", "fig", "apple"],
    "pairs": [["a", 1], ["b", 2]],
    "dict": {"b": 1, "a": [1, 2.5, None, True], "it's": "q\"'\n"},
    "msgs": [
        {"role": "system", "content": "S"},
        {"role": "user", "content": "U", "n": 2},
        {"role": "assistant", "content": None, "n": 1},
        {"role": "user", "content": " V ", "n": 2},
    ],
    "tree": [{"v": 1, "kids": [{"v": 2, "kids": []}, {"v": 3, "kids": [{"v": 4, "kids": []}]}]}],
}

PROBES = {}

PROBES["printing"] = """\
{{ true }} {{ True }} {{ none }} {{ None }} {{ false }}
{{ 1.0 }} {{ 0.1 }} {{ 1e16 }} {{ 1e15 }} {{ 1e-4 }} {{ 1e-5 }} {{ 123456.789 }} {{ 1.5e300 }} {{ 5e-324 }} {{ 0.1 + 0.2 }}
{{ -0.0 }} {{ 1e400 }} {{ -1e400 }} {{ 1e400 - 1e400 }}
{{ 10 ** 30 }} {{ big }} {{ 0x1F }} {{ 0b101 }} {{ 0o17 }} {{ 1_000 }} {{ 1_0.5 }}
{{ [1, 'a', "b'c", none, 1.0, [true]] }}
{{ {'a': 1, 2: 'x', none: 3.5, true: [] } }}
{{ (1,) }} {{ () }} {{ (1, 2) }} {{ 1, 2 }}
{{ 'it\\'s' | string }} {{ ['it\\'s', 'say "hi"', 'both \\' and "'] }}
{{ ['\\n\\t\\\\\\x00\\x7f\\u200b é 😀'] }}
{{ dict }}
{{ words }} {{ pairs }}
{{ missing }}|{{ dict.missing }}|{{ dict['missing'] }}|{{ list[9] }}
{{ missing is defined }} {{ [missing] }}
{{ dict.items() }} {{ dict.keys() }} {{ dict.values() }}
{{ range(3) }} {{ range(1, 9, 2) }}
{{ namespace(a=1, b='x') }}
{{ 'a' 'b' "c" }}
{{ 'x' }}{{ "" }}{{ 'y' }}
{{ user }}
{{ [user] }}
{% print 1, 'a' %}
{{ 1 if flag }}|{{ 1 if off }}|{{ 1 if off else 2 }}|{{ 1 if off else 2 if off else 3 }}
{{ '\\x41\\u00e9\\U0001F600\\101\\N{BULLET}\\q\\
z' }}""".split("\n")
PROBES["printing"][-2:] = ["\n".join(PROBES["printing"][-2:])]

PROBES["arithmetic"] = """\
{{ 7 / 2 }} {{ 6 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 // -2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 % -3 }}
{{ 7.5 // 2 }} {{ -7.5 // 2 }} {{ 7.5 % 2 }} {{ -7.5 % 2 }} {{ 5 % 2.5 }} {{ -0.0 // 1 }}
{{ 2 ** 10 }} {{ 2 ** -1 }} {{ 2 ** 0.5 }} {{ 2 ** 3 ** 2 }} {{ -2 ** 2 }} {{ (-8) ** 3 }}
{{ 1 + 2 * 3 - 4 }} {{ (1 + 2) * 3 }} {{ -n }} {{ +n }} {{ - - n }} {{ -x }}
{{ true + true }} {{ true * 3 }} {{ false - 1 }} {{ -true }} {{ +true }} {{ true / 2 }}
{{ 'ab' * 3 }} {{ 3 * 'ab' }} {{ [1] * 2 }} {{ 'ab' * 0 }} {{ 'ab' * -1 }} {{ (1,) * 2 }}
{{ [1] + [2] }} {{ (1,) + (2,) }} {{ 'a' + 'b' }}
{{ big * big }} {{ big // 7 }} {{ big % 7 }} {{ -big // 7 }} {{ big / 7 }}
{{ 1 + 'a' }}
{{ 'a' + 1 }}
{{ [1] + (2,) }}
{{ none + 1 }}
{{ 1 / 0 }}
{{ 1 // 0 }}
{{ 1.5 % 0 }}
{{ 0 ** -1 }}
{{ missing + 1 }}
{{ 1 + missing }}
{{ 'a' + missing }}
{{ -missing }}
{{ -'a' }}
{{ 'a' - 'b' }}
{{ 10 ** 400 / 10 ** 399 }}
{{ 10 ** 400 * 1.0 }}
{{ 2.0 ** 5000 }}
{{ 3.7 // 0.1 }} {{ 3.7 % 0.1 }} {{ 1e308 * 10 }}
{{ 'a' ~ 1 ~ none ~ true ~ 1.5 ~ [1] ~ missing ~ 'z' }}
{{ 1 + 2 ~ 3 }} {{ 1 ~ 2 * 3 }} {{ 10 - 2 ~ 1 | int }}
{{ 1 ~ 2 + 3 | int }}
{{ n // 2 * 2 + n % 2 == n }} {{ 7 // 2 ** 2 }}
{{ 1.0 + 1 }} {{ 3 * 1.5 }} {{ 2 - 0.5 }} {{ 1e16 + 1 }}""".split("\n")

PROBES["comparison"] = """\
{{ 1 == 1.0 }} {{ 1 == true }} {{ 0 == false }} {{ '1' == 1 }} {{ none == false }} {{ [] == () }} {{ [1] == [1.0] }}
{{ 1 < 2 }} {{ 1 < 2 < 3 }} {{ 3 > 2 > 2 }} {{ 1 <= 1.0 }} {{ 'a' < 'b' }} {{ 'B' < 'a' }} {{ [1, 2] < [1, 3] }} {{ (1,) < (1, 2) }}
{{ 1 != 2 }} {{ 'a' != 'a' }} {{ {'a': 1} == {'a': 1.0} }} {{ {'a': 1, 'b': 2} == {'b': 2, 'a': 1} }}
{{ 1 < 'a' }}
{{ none < 1 }}
{{ [1] < (2,) }}
{{ {} < {} }}
{{ missing < 1 }}
{{ missing == missing }} {{ missing == none }} {{ missing != 1 }}
{{ 'a' in 'cab' }} {{ '' in 'a' }} {{ 'k' in dict }} {{ 'b' in dict }} {{ 1 in list }} {{ 1.0 in list }} {{ 9 not in list }}
{{ 'a' in ('a', 'b') }} {{ 2 in range(3) }} {{ 'a' in dict.keys() }} {{ 1 in dict.values() }} {{ ('b', 1) in dict.items() }}
{{ 1 in 'a' }}
{{ missing in 'a' }}
{{ missing in list }} {{ 'a' in missing }}
{{ 1 in 1 }}
{{ [1] in dict }}
{{ not 1 == 2 }} {{ not flag and off }} {{ not (flag and off) }} {{ not not n }}
{{ 1 and 2 }} {{ 0 and 2 }} {{ 0 or 'x' }} {{ '' or none }} {{ 1 or missing.x }} {{ [] and 1 }} {{ none or [] }}
{{ missing or 'default' }} {{ missing and 1 }}
{{ 'a' or 'b' and '' }} {{ off or n > 5 and 'yes' }}
{{ 1 == 1 == 1 }} {{ 1 < 3 > 2 }} {{ 1 in list == true }}
{{ 1e400 == 1e400 }} {{ (1e400 - 1e400) == 1 }} {{ 10 ** 20 == 1e20 }} {{ 10 ** 23 == 1e23 }} {{ 10 ** 20 < 1e400 }}
{{ 'é' > 'z' }} {{ '😀' > '\\uffff' }} {{ 'a' < 'aa' }}
{{ flag == true }} {{ flag is sameas true }} {{ 1 is sameas 1 }} {{ 1 is sameas 1.0 }} {{ none is sameas none }}
{{ true < 2 }} {{ true == 1.0 }} {{ {1: 'a'}[true] }} {{ {1: 'a'}[1.0] }} {{ {'a': 1, 'a': 2} }}
{{ 2 if 1 else 3 }} {{ 2 if 0 }} {{ (2 if 0) is undefined }} {{ (2 if 0) is defined }}""".split("\n")

PROBES["access"] = """\
{{ dict.b }} {{ dict['b'] }} {{ dict.a[0] }} {{ dict.a.0 }} {{ dict['a'][-1] }} {{ pairs.1.0 }}
{{ list[0] }} {{ list[-1] }} {{ list[true] }} {{ 'abc'[1] }} {{ 'abc'[-3] }} {{ wide[1] }} {{ wide|length }}
{{ list[3] }} {{ list[-4] }} {{ 'abc'[5] }} {{ list['a'] }} {{ 'abc'['x'] }}|
{{ list[1.5] }} {{ dict[[]] }}|
{{ missing.a }}
{{ missing['a'] }}
{{ missing[0] }}
{{ dict.missing.more }}
{{ none.a }}|{{ (1).a }}|{{ 'a'.b }}|{{ list.b }}
{{ none.a.b }}
{{ dict['items']() | list }} {{ {'items': 1}['items'] }} {{ {'items': 1}.items() | list }} {{ {'keys': 5}['keys'] }}
{{ list[1:] }} {{ list[:1] }} {{ list[:] }} {{ list[::-1] }} {{ list[::2] }} {{ list[-2:] }} {{ list[:-1] }} {{ list[5:] }} {{ list[2:0:-1] }} {{ list[-1::-2] }}
{{ 'abcdef'[1:4] }} {{ 'abcdef'[::-1] }} {{ 'abcdef'[::2] }} {{ 'abcdef'[-3:] }} {{ 'abcdef'[4:1:-1] }} {{ wide[::-1] }} {{ wide[1:] }} {{ wide[:2] }}
{{ (1, 2, 3)[1:] }} {{ range(10)[2:8:3] | list }} {{ range(10)[::-1] | list }} {{ range(10)[-1] }} {{ range(5)[1:3] }}
{{ list[n-6:] }} {{ list[none:2] }} {{ list[:n] }} {{ list[-100:100] }} {{ list[100:-100:-1] }} {{ list[:big] }}
{{ list[::0] }}
{{ dict[1:] }}
{{ missing[1:] }}
{{ list['a':] }}
{{ nothing[1:] }}
{{ dict.__class__ }}|{{ 'a'.__class__ }}|{{ list.__len__ }}|
{{ ''.__class__.__mro__ }}
{{ list.append(1) }}
{{ dict.update({}) }}
{{ list.append }}|{{ list.append is defined }}|{{ dict.pop is defined }}|
{{ list.sort() }}
{{ dict.get('b') }} {{ dict.get('z') }} {{ dict.get('z', 5) }} {{ dict.get('z', default=1) }}
{{ dict.get('b') }} {{ dict.copy() == dict }} {{ list.copy() }} {{ list.count(1) }} {{ list.index(2) }} {{ (1, 1).count(1) }}
{{ list.index(9) }}
{{ msgs[0].role }} {{ msgs[-1]['content'] }} {{ msgs[1:][0]['role'] }} {{ msgs[0].get('role', 'x') }}
{{ ((1, 2), 3)[0][1] }} {{ [[1]][0][0] }} {{ {'a': {'b': {'c': 1}}}.a.b.c }}
{{ {1: 2}[1] }}|{{ {none: 2}[none] }}|{{ {(1, 2): 3}[(1, 2)] }} {{ {(1, 2): 3}[1, 2] }}
{{ {[1]: 2} }}
{{ {{}: 2} }}
{{ list.0 }} {{ list.2 }} {{ 'abc'.1 }}
{{ (5).bit_length() }} {{ (2.0).is_integer() }}
{{ n() }}
{{ 'a'() }}
{{ none() }}
{{ missing() }}
{{ dict.nope() }}""".split("\n")

PROBES["strings"] = """\
{{ ' a '.strip() }}|{{ 'xxaxx'.strip('x') }}|{{ 'abcba'.strip('ab') }}|{{ '\\u00a0\\u2003a\\n'.strip() }}|{{ ' a '.lstrip() }}|{{ ' a '.rstrip() }}|
{{ 'a,b,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ ' a  b '.split() }} {{ ' a  b '.split(' ') }} {{ ' a b c '.split(none, 1) }} {{ ''.split() }} {{ ''.split(',') }} {{ 'a--b'.split('--') }}
{{ 'a,b,c'.rsplit(',', 1) }} {{ ' a b c '.rsplit(none, 1) }} {{ 'a,b,c'.rsplit(',') }} {{ 'abc'.rsplit('x', 1) }} {{ 'a b c'.rsplit() }} {{ 'aaa'.rsplit('aa') }} {{ 'aaa'.split('aa') }}
{{ 'a,b'.split(sep=',') }} {{ 'a,b,c'.split(',', maxsplit=1) }} {{ 'a b c'.split(maxsplit=1) }} {{ 'a,b'.split(',', 0) }} {{ 'a,b'.split(',', -1) }}
{{ 'abc'.split('') }}
{{ 'a\\nb\\r\\nc\\x0bd'.splitlines() }} {{ 'a\\n'.splitlines(true) }} {{ ''.splitlines() }} {{ '\\n\\n'.splitlines() }}
{{ 'abc'.startswith('ab') }} {{ 'abc'.startswith(('x', 'a')) }} {{ 'abc'.startswith('b', 1) }} {{ 'abc'.endswith('bc') }} {{ 'abc'.endswith('b', 0, 2) }} {{ 'abc'.startswith('') }} {{ 'abc'.startswith('', 9) }}
{{ 'abab'.find('b') }} {{ 'abab'.rfind('b') }} {{ 'abab'.find('x') }} {{ 'abab'.index('ba') }} {{ 'abab'.count('ab') }} {{ 'aaa'.count('aa') }} {{ 'abc'.count('') }} {{ wide.find('b') }} {{ 'abc'.find('c', 1, 2) }} {{ 'abab'.rindex('a') }}
{{ 'abc'.index('z') }}
{{ 'a-b-c'.replace('-', '+') }} {{ 'a-b-c'.replace('-', '+', 1) }} {{ 'abc'.replace('', '.') }} {{ 'abc'.replace('b', '') }} {{ ''.replace('', 'x') }} {{ 'aaa'.replace('aa', 'b') }} {{ 'abc'.replace('', '.', 2) }}
{{ 'aBc ßé'.upper() }} {{ 'ABC ÉΣ'.lower() }} {{ 'ὈΔΥΣΣΕΎΣ'.lower() }} {{ 'hello wORLD'.capitalize() }} {{ 'hello wORLD it\\'s 3rd'.title() }} {{ 'aBc'.swapcase() }} {{ 'Straße'.casefold() }} {{ 'ǆ ß ﬁ'.title() }} {{ 'ŉ'.upper() }}
{{ 'abc'.isalpha() }} {{ 'ab1'.isalnum() }} {{ '12'.isdigit() }} {{ '²'.isdigit() }} {{ '½'.isnumeric() }} {{ '١'.isdecimal() }} {{ ' \\n'.isspace() }} {{ ''.isspace() }} {{ 'Ab'.istitle() }} {{ 'AB'.isupper() }} {{ 'ab'.islower() }} {{ '1'.islower() }} {{ 'a_1'.isidentifier() }} {{ 'é'.isascii() }} {{ 'a\\n'.isprintable() }}
{{ 'a=b=c'.partition('=') }} {{ 'a=b=c'.rpartition('=') }} {{ 'abc'.partition('x') }} {{ 'abc'.rpartition('x') }}
{{ 'prefix-x'.removeprefix('prefix-') }} {{ 'x.py'.removesuffix('.py') }} {{ 'x'.removeprefix('y') }}
{{ 'ab'.center(6) }}|{{ 'ab'.center(7, '*') }}|{{ 'abc'.center(6, '*') }}|{{ 'ab'.ljust(4) }}|{{ 'ab'.rjust(4, '0') }}|{{ '-5'.zfill(4) }}|{{ '5'.zfill(3) }}|{{ '+5'.zfill(3) }}|{{ 'a\\tb'.expandtabs(4) }}|{{ 'abc'.center(2) }}
{{ ', '.join(['a', 'b']) }} {{ ''.join([]) }} {{ '-'.join('abc') }} {{ ','.join(dict) }}
{{ ','.join([1]) }}
{{ '{} {}'.format(1, 'a') }} {{ '{1} {0}'.format(1, 'a') }} {{ '{a}'.format(a=2) }} {{ '{0[b]} {1.role}'.format(dict, msgs[0]) }} {{ '{{}}'.format() }}
{{ '{:>5}|{:<5}|{:^5}|{:*^7}'.format(1, 2, 3, 'a') }} {{ '{:05d} {:x} {:#x} {:b} {:,} {:+d}'.format(42, 255, 255, 5, 1234567, 3) }}
{{ '{:.2f} {:8.3f}| {:e} {:g} {:%} {:.3} {:,.2f}'.format(3.14159, 2.5, 12345.678, 0.0001, 0.25, 'abcdef', 1234567.891) }} {{ '{!r:>6}'.format('a') }} {{ '{:.3}'.format(12.0) }} {{ '{:.1}'.format(12.0) }} {{ '{:g} {:g}'.format(1e10, 100000.0) }}
{{ '{}'.format() }}
{{ '{a}'.format() }}
{{ '{:d}'.format('a') }}
{{ '{'.format() }}
{{ '%s %d %r' % ('a', 3, 'b') }} {{ '%5.2f|%-5d|%05d|%x|%o|%e|%g|%%' % (1.5, 3, 4, 255, 8, 1234.5, 0.5) }} {{ '%s' % 1 }} {{ '%(a)s' % {'a': 1} }} {{ '%s' % missing }}| {{ '%+d % d' % (3, 4) }} {{ '%c%c' % ('a', 98) }} {{ '%.3s' % 'abcdef' }} {{ '%*d' % (5, 3) }} {{ '%#x' % 255 }} {{ '%s' % [1] }} {{ '%i' % 3.9 }}
{{ '%s %s' % 'a' }}
{{ '%s' % ('a', 'b') }}
{{ 'a' % 1 }}
{{ '%d' % 'a' }}
{{ '%z' % 1 }}
{{ user.split('<|')[0] }}|{{ user.replace('{{', '<<') }}|{{ user.upper() }}|{{ name.lower() }}|{{ name[::-1] }}
{{ 'abc'.strip(1) }}
{{ 'abc'.startswith(1) }}
{{ 'abc'.split(1) }}
{{ 'abc'.replace('a') }}
{{ 'abc'.upper(1) }}
{{ 'abc'.nosuch() }}""".split("\n")

PROBES["filters of texts"] = """\
{{ 'hello wORLD' | capitalize }} {{ 'hello wORLD-foo (bar) it\\'s' | title }} {{ 'aBc' | upper }} {{ 'aBc' | lower }} {{ 5 | upper }} {{ none | lower }} {{ missing | upper }}| {{ [1] | upper }}
{{ '  a ' | trim }}| {{ 'xax' | trim('x') }} {{ 5 | trim }} {{ missing | trim }}| {{ none | trim }} {{ 'xax' | trim(chars='x') }}
{{ 'a-b-c' | replace('-', '+') }} {{ 'a-b-c' | replace('-', '+', 1) }} {{ 'aaa' | replace('a', 'b', count=2) }} {{ 123 | replace(2, 'x') }} {{ missing | replace('a', 'b') }}|
{{ 'a\\nb\\n\\nc' | indent }}|{{ 'a\\nb' | indent(2) }}|{{ 'a\\nb' | indent(2, true) }}|{{ 'a\\n\\nb' | indent(2, blank=true) }}|{{ 'a\\nb' | indent('> ') }}|{{ 'a\\nb' | indent(width=3, first=True) }}|{{ 'a\\n' | indent(2) }}|{{ '' | indent }}|{{ '' | indent(2, true) }}|
{{ 5 | indent }}
{{ 'ab' | center(6) }}|{{ 'ab' | center }}|
{{ 'hello world foo' | truncate(11) }}|{{ 'hello world foo bar' | truncate(11) }}|{{ 'hello world foo bar' | truncate(11, true) }}|{{ 'hello world foo bar' | truncate(11, false, '…') }}|{{ 'hello world' | truncate(5, leeway=0) }}|{{ 'helloworldfoobarbaz' | truncate(9, leeway=0) }}|
{{ 'a' | truncate(1) }} {{ 'a b c' | wordcount }} {{ 'a-b_c, d!' | wordcount }} {{ '' | wordcount }}
{{ 'abcdef' | truncate(2) }}
{{ '%s-%s' | format('a', 1) }} {{ '%(a)s' | format(a=2) }} {{ '%s' | format(none) }}
{{ '<a&"\\'>' | e }} {{ '<a>' | escape }} {{ '<a>' | safe }} {{ '<a>' | safe | e }} {{ '<a>' | e | e }} {{ '<a>' | safe | forceescape }} {{ 5 | e }}
{{ ('<a>' | safe) + '<b>' }} {{ '<b>' + ('<a>' | safe) }} {{ ('<a>' | safe) ~ '<b>' }} {{ ('<a>' | e) is escaped }} {{ ('<' | safe) * 2 + '<' }} {{ ('<%s>' | safe) % '<' }} {{ [('<' | safe)] }}
{{ ('a,<' | safe).split(',')[1] + '<' }} {{ ('<' | safe).upper() + '<' }} {{ ('<' | safe).replace('<', '>') }} {{ ('-' | safe).join(['<', '>']) }} {{ ('<{}>' | safe).format('<') }} {{ (' <' | safe) | trim ~ '<' }} {{ ('< <' | safe)[2] + '<' }} {{ ('<' | safe) | string + '<' }} {{ ['<' | safe, '<'] | join }} {{ ('a' | safe) == 'a' }}
{{ 'a b&c/é?' | urlencode }} {{ {'a b': 'c&d', 'e': 1} | urlencode }} {{ [('a', '/')] | urlencode }} {{ 5 | urlencode }}
{{ {'class': 'a"b', 'x': none, 'y': 1} | xmlattr }}
{{ 1 | string + '2' }} {{ none | string }} {{ [1] | string }} {{ 1.50 | string }} {{ true | string }} {{ missing | string }}| {{ 'abc' | string | length }}
{{ 'abc' | list }} {{ 'abc' | first }} {{ 'abc' | last }} {{ 'abc' | reverse }} {{ wide | reverse }} {{ wide | list }} {{ 'abc' | length }} {{ 'ba' | sort }} {{ 'aab' | unique | list }}
{{ 1000 | filesizeformat }} {{ 1 | filesizeformat }} {{ 999 | filesizeformat }} {{ 1500000 | filesizeformat }} {{ 1024 | filesizeformat(true) }} {{ '2048' | filesizeformat(binary=true) }} {{ 0 | filesizeformat }}
{{ name | upper }} {{ name | length }} {{ user | length }} {{ user | e }}
{{ 'x' | nosuchfilter }}
{{ 'x' | upper(1) }}
{{ 'x' | replace }}
{{ 'x' | truncate(length='a') }}
{{ -1 | abs }} {{ -1.5 | abs }} {{ 'a' | default }} {{ true | abs }}
{{ 'ǆ ß ﬁ ŉ' | title }} {{ 'ß' | upper }} {{ 'İ' | lower }} {{ 'ΑΣ' | lower }} {{ 'ß' | capitalize }} {{ 'éCOLE' | capitalize }}""".split("\n")

PROBES["filters of values"] = """\
{{ missing | default('d') }} {{ missing | d('e') }} {{ none | default('d') }} {{ '' | default('d') }}| {{ '' | default('d', true) }} {{ none | default('d', boolean=true) }} {{ dict.zz | default(1) }} {{ 0 | default(5, True) }}
{{ missing.x | default('d') }}
{{ dict | tojson }} {{ list | tojson }} {{ none | tojson }} {{ true | tojson }} {{ 1.0 | tojson }} {{ 1e16 | tojson }} {{ 1e-5 | tojson }} {{ big | tojson }} {{ 'é<>&\\'"\\\\/' | tojson }}
{{ '\\x00\\x1f\\x7f\\u2028\\b\\f\\n\\r\\t😀' | tojson }} {{ 'é😀\\x7f' | tojson(ensure_ascii=true) }} {{ (1e400) | tojson }} {{ (-1e400) | tojson }} {{ (1e400 - 1e400) | tojson }}
{{ dict | tojson(indent=2) }} {{ [] | tojson(indent=2) }} {{ {} | tojson(indent=2) }} {{ [[], {}] | tojson(indent=1) }} {{ [1] | tojson(indent=0) }} {{ [1, [2]] | tojson(indent='--') }}
{{ {'b': 1, 'a': {'d': 1, 'c': 2}} | tojson(sort_keys=true) }} {{ {'a': [1, 2]} | tojson(separators=(',', ':')) }} {{ [1, 2] | tojson(separators=[';', '=']) }} {{ {'a': [1, 2]} | tojson(indent=2, separators=(',', ' : ')) }}
{{ {1: 'a', none: 2, true: 3, 1.5: 4} | tojson }} {{ (1, 2) | tojson }} {{ [true, false, none] | tojson }} {{ {'a': missing is defined} | tojson }}
{{ missing | tojson }}
{{ [missing] | tojson }}
{{ range(3) | tojson }}
{{ dict.keys() | tojson }}
{{ {(1, 2): 3} | tojson }}
{{ {1: 2, 'a': 3} | tojson(sort_keys=true) }}
{{ msgs | map(attribute='role') | tojson }}
{{ msgs | tojson }}
{{ msgs[0] | tojson | length }} {{ ('a' | tojson) ~ '<' }} {{ '<' | tojson | safe }} {{ user | tojson }}
{{ '3' | int }} {{ '3.7' | int }} {{ 3.9 | int }} {{ -3.9 | int }} {{ 'x' | int }} {{ 'x' | int(5) }} {{ '0x1f' | int(base=16) }} {{ '101' | int(0, 2) }} {{ none | int }} {{ true | int }} {{ ' 42 ' | int }} {{ '1_000' | int }} {{ '1e3' | int }} {{ [] | int }} {{ '' | int }} {{ 'inf' | int }} {{ '٣' | int }}
{{ missing | int }}
{{ '3.5' | float }} {{ 3 | float }} {{ 'x' | float }} {{ 'x' | float(1.5) }} {{ 'x' | float('d') }} {{ none | float }} {{ '1e5' | float }} {{ '.5' | float }} {{ '5.' | float }} {{ 'nan' | float }} {{ '-inf' | float }} {{ true | float }} {{ '1_0.0' | float }}
{{ 2.5 | round }} {{ 3.5 | round }} {{ 2.675 | round(2) }} {{ 1234 | round(-2) }} {{ 1250 | round(-2) }} {{ 2.1 | round(0, 'ceil') }} {{ 2.9 | round(method='floor') }} {{ 2.15 | round(1, 'ceil') }} {{ 42 | round }} {{ 42.5 | round(1, 'floor') }} {{ -2.5 | round }} {{ 5 | round(1, 'ceil') }} {{ true | round }} {{ 0.5 | round }} {{ -0.4 | round }}
{{ 'a' | round }}
{{ 1 | round(1, 'x') }}
{{ dict | attr('items') is defined }}| {{ 'a' | attr('upper') is callable }} {{ dict | attr('b') }}| {{ namespace(a=1) | attr('a') }}
{{ dict | items | list }} {{ missing | items | list }} {{ {} | items | list }}
{{ list | items | list }}
{{ dict | length }} {{ list | count }} {{ missing | length }} {{ range(4) | length }} {{ dict.keys() | length }}
{{ 5 | length }}
{{ none | length }}
{{ (list | map('string')) | length }}
{{ list | sum }} {{ [] | sum }} {{ msgs | selectattr('n', 'defined') | sum(attribute='n') }} {{ [1.5, 2] | sum }} {{ [[1], [2]] | sum(start=[]) }} {{ list | sum(start=10) }} {{ [true, true] | sum }}
{{ ['a'] | sum }}
{{ list | min }} {{ list | max }} {{ words | min }} {{ words | max }} {{ [] | min }}| {{ words | min(case_sensitive=true) }} {{ pairs | max(attribute='1') }} {{ msgs | selectattr('n') | max(attribute='n') }} {{ 'hello' | max }}
{{ [1, 'a'] | max }}""".split("\n")

PROBES["filters of lists"] = """\
{{ list | sort }} {{ list | sort(reverse=true) }} {{ words | sort }} {{ words | sort(case_sensitive=true) }} {{ msgs | sort(attribute='role') | map(attribute='content') | list }} {{ pairs | sort(attribute='0', reverse=true) }} {{ dict | sort }}
{{ [{'a': 2, 'b': 1}, {'a': 1, 'b': 2}, {'a': 1, 'b': 1}] | sort(attribute='a,b') }} {{ [3, 1.5, true] | sort }} {{ [[2], [1, 5], [1]] | sort }} {{ ['b', 'A', 'a', 'B'] | sort }} {{ ['b', 'A', 'a', 'B'] | sort(reverse=true) }}
{{ [1, 'a'] | sort }}
{{ [none, 1] | sort }}
{{ words | unique | list }} {{ words | unique(true) | list }} {{ [1, 1.0, true, 2] | unique | list }} {{ msgs | unique(attribute='role') | map(attribute='role') | list }}
{{ [[1], [1]] | unique | list }}
{{ dict | dictsort }} {{ {'b': 2, 'A': 1, 'a': 3} | dictsort }} {{ {'b': 2, 'A': 1} | dictsort(true) }} {{ {'b': 1, 'a': 2} | dictsort(by='value') }} {{ {'b': 1, 'a': 2} | dictsort(false, 'key', true) }}
{{ {'b': 1} | dictsort(by='x') }}
{{ {1: 1, 'a': 2} | dictsort }}
{{ msgs | groupby('role') | map('first') | list }} {% for g in msgs | groupby('role') %}{{ g.grouper }}:{{ g.list | length }};{% endfor %} {% for k, v in msgs | groupby('role') %}{{ k }}={{ v | map(attribute='content') | list }};{% endfor %} {{ msgs | groupby('n', default=0) | map('first') | list }} {{ ['b', 'A', 'a'] | groupby(0) }}
{{ range(7) | batch(3) | list }} {{ range(7) | batch(3, 'x') | list }} {{ [] | batch(2) | list }} {{ range(7) | slice(3) | list }} {{ range(7) | slice(3, 'x') | list }} {{ range(2) | slice(3) | list }} {{ range(2) | slice(3, 'x') | list }} {{ range(4) | batch(2, fill_with='x') | list }}
{{ list | reverse | list }} {{ list | first }} {{ list | last }} {{ [] | first }}| {{ [] | last }}| {{ dict | first }} {{ dict | last }} {{ dict | list }} {{ dict | reverse | list }} {{ missing | first }}| {{ missing | last }}| {{ range(3) | last }} {{ dict.items() | last }}
{{ ([1, 2] | map('string')) | last }}
{{ 5 | list }}
{{ none | list }}
{{ none | first }}
{{ list | join }} {{ list | join(',') }} {{ words | join(' and ') }} {{ msgs | join(',', attribute='role') }} {{ missing | join(',') }}| {{ [none, true, 1.5] | join('-') }} {{ dict | join(',') }} {{ 'abc' | join('.') }} {{ list | join(d='+') }} {{ list | join(0) }} {{ [[1], {}] | join('|') }}
{{ 5 | join }}
{{ list | map('string') | list }} {{ words | map('upper') | join(',') }} {{ msgs | map(attribute='role') | list }} {{ msgs | map(attribute='n', default=0) | list }} {{ msgs | map(attribute='n') | list }} {{ pairs | map('first') | list }} {{ pairs | map(attribute=1) | list }} {{ pairs | map(attribute='1') | list }} {{ words | map('replace', 'p', 'b') | list }} {{ [1.55] | map('round', 1) | list }} {{ [1] | map('default', 2) | list }} {{ msgs | map('length') | list }}
{{ list | map('nosuch') | list }}
{{ list | map | list }}
{{ list | select | list }} {{ [0, 1, '', 'a', none] | select | list }} {{ [0, 1, ''] | reject | list }} {{ list | select('odd') | list }} {{ list | select('gt', 1) | list }} {{ list | reject('eq', 1) | list }} {{ list | select('in', [1, 2]) | list }} {{ list | select('greaterthan', 2) | list }} {{ words | select('in', 'pear') | list }} {{ [1, 'a', none] | select('string') | list }} {{ list | select('==', 1) | list }} {{ list | select('divisibleby', 3) | list }}
{{ msgs | selectattr('role', 'equalto', 'user') | map(attribute='content') | list }} {{ msgs | selectattr('n') | list | length }} {{ msgs | rejectattr('role', 'eq', 'user') | list | length }} {{ msgs | selectattr('content', 'none') | list | length }} {{ msgs | selectattr('n', 'defined') | list | length }} {{ msgs | rejectattr('n', 'undefined') | list | length }} {{ msgs | selectattr('role', 'in', ['user', 'system']) | list | length }} {{ tree | selectattr('kids.0.v', 'eq', 2) | list | length }} {{ msgs | rejectattr('content') | list | length }}
{{ list | select('nosuch') | list }}
{{ list | selectattr('role', 'eq', 'x') | list }}
{{ missing | map('upper') | list }} {{ missing | select | list }} {{ missing | selectattr('a') | list }} {{ missing | sort }} {{ missing | sum }} {{ missing | list }} {{ missing | reverse | list }} {{ missing | unique | list }}
{% if msgs | selectattr('role', 'equalto', 'none') %}yes{% else %}no{% endif %} {% if msgs | selectattr('role', 'equalto', 'none') | list %}yes{% else %}no{% endif %} {{ (msgs | selectattr('role', 'eq', 'user') | first).content }} {{ (msgs | selectattr('role', 'eq', 'zz') | first) is defined }}
{% set g = list | map('string') %}{{ g | list }}{{ g | list }} {% set h = list | select %}{{ 3 in h }}{{ h | list }}
{{ (list | map('string'))[0] }}| {{ (list | map('string')) is iterable }} {{ (list | map('string')) is sequence }} {{ (list | map('string')) is string }}
{{ [1, [2, 3]] | length }} {{ [[1, 2], [3]] | map('sum') | list }} {{ [[1, 2], [3]] | map('join', '-') | list }} {{ list | sort | first }} {{ list | map('abs') | sum }}
{{ list | batch(2) | map('join', ',') | join(';') }} {{ dict | dictsort | map(attribute=0) | list }} {{ dict.values() | list | length }} {{ dict.items() | map('first') | list }}
{{ list | join(', ') | upper | replace(',', ';') | length }} {{ (list | join) | int + 1 }} {{ list | tojson | length }}""".split("\n")

PROBES["tests"] = """\
{{ 1 is number }} {{ 1.5 is number }} {{ true is number }} {{ '1' is number }} {{ 1 is integer }} {{ true is integer }} {{ 1.0 is integer }} {{ 1.0 is float }} {{ 1 is float }} {{ true is boolean }} {{ 1 is boolean }}
{{ 'a' is string }} {{ ('a' | safe) is string }} {{ 1 is string }} {{ [] is string }} {{ {} is mapping }} {{ [] is mapping }} {{ [] is sequence }} {{ () is sequence }} {{ 'a' is sequence }} {{ {} is sequence }} {{ 1 is sequence }} {{ range(2) is sequence }} {{ dict.keys() is sequence }} {{ none is sequence }} {{ missing is sequence }} {{ namespace() is sequence }}
{{ [] is iterable }} {{ 'a' is iterable }} {{ {} is iterable }} {{ 1 is iterable }} {{ none is iterable }} {{ missing is iterable }} {{ dict.items() is iterable }} {{ namespace() is iterable }} {{ namespace() is mapping }}
{{ none is none }} {{ missing is none }} {{ 0 is none }} {{ missing is defined }} {{ n is defined }} {{ none is defined }} {{ missing is undefined }} {{ dict.zz is undefined }} {{ dict['b'] is defined }} {{ list[9] is defined }}
{{ true is true }} {{ 1 is true }} {{ false is false }} {{ 0 is false }} {{ none is false }} {{ flag is true }} {{ missing is false }}
{{ 3 is odd }} {{ 4 is even }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ 2.0 is even }} {{ -3 is odd }}
{{ 'a' is odd }}
{{ missing is even }}
{{ 'abc' is lower }} {{ 'ABC' is upper }} {{ '1' is lower }} {{ 1 is upper }} {{ 'aB' is lower }}
{{ 1 is eq 1 }} {{ 1 is equalto 1.0 }} {{ 1 is ne 2 }} {{ 1 is lt 2 }} {{ 2 is ge 2 }} {{ 3 is greaterthan 2 }} {{ 1 is lessthan(2) }} {{ 1 is le 1 }} {{ 2 is gt 3 }}
{{ 1 is in [1, 2] }} {{ 'a' is in 'abc' }} {{ 5 is not in list }} {{ 1 is in(list) }}
{{ 1 is not none }} {{ 1 is not string }} {{ not 1 is string }} {{ missing is not defined }} {{ not missing is defined }}
{{ range is callable }} {{ n is callable }} {{ 'a'.upper is callable }} {{ missing is callable }} {{ 'upper' is filter }} {{ 'nosuch' is filter }} {{ 'odd' is test }} {{ 5 is filter }}
{{ 'a' is string and 1 is number }} {{ 1 is number or missing.x }} {{ 'x' if 1 is number else 'y' }} {{ 1 is string | string }} {{ (1 is string) | string | length }}
{{ 1 is nosuch }}
{{ 1 is divisibleby }}
{{ missing.x is defined }}
{{ dict.a is string or dict.a is mapping or dict.a is sequence }} {{ dict.a is iterable and dict.a is not string and dict.a is not mapping }} {{ 1 is sameas true }} {{ [] is sameas [] }} {{ 'a' is sameas 'a' }}
{{ -1 is number }} {{ 2 + 2 is odd }} {{ 2 * 3 is number }} {{ 5 is divisibleby 2 + 3 }} {{ list[0] is odd }} {{ dict.b is eq dict['b'] }}""".split("\n")

PROBES["loops"] = """\
{% for i in list %}{{ i }}{% endfor %}|{% for i in [] %}x{% else %}none{% endfor %}|{% for i in missing %}x{% else %}e{% endfor %}
{% for i in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}
{% for i in list %}{{ loop.previtem }}<{{ i }}>{{ loop.nextitem }};{% endfor %} {% for i in list %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }};{% endfor %}
{% for i in list %}{{ loop.cycle('a', 'b') }}{{ loop.depth }}{{ loop.depth0 }}{% endfor %} {% for i in [1, 1, 2, 2, 1] %}{{ loop.changed(i) }},{% endfor %}
{% for k in dict %}{{ k }},{% endfor %} {% for k, v in dict.items() %}{{ k }}={{ v }};{% endfor %} {% for k, v in dict | items %}{{ k }};{% endfor %} {% for v in dict.values() %}{{ v }};{% endfor %} {% for c in 'aé😀' %}{{ c }}.{% endfor %}
{% for a, b in pairs %}{{ a }}{{ b }}{% endfor %} {% for (a, b) in pairs %}{{ a }}{% endfor %} {% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %} {% for x, y in ['ab', 'cd'] %}{{ y }}{% endfor %}
{% for a, b in [[1]] %}{% endfor %}
{% for a, b in [[1, 2, 3]] %}{% endfor %}
{% for a, b in [1] %}{% endfor %}
{% for i in 5 %}{% endfor %}
{% for i in none %}{% endfor %}
{% for i in list if i > 1 %}{{ i }}{{ loop.length }}{{ loop.last }}{% endfor %} {% for i in list if i > 5 %}x{% else %}e{% endfor %} {% for m in msgs if m.role == 'user' %}{{ loop.index }}{{ m.content }}{% endfor %} {% for k, v in dict.items() if v is number %}{{ k }}{% endfor %}
{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %} {% for i in list %}{% break %}{% else %}e{% endfor %} {% for i in list %}{% continue %}{% else %}e{% endfor %} {% for i in list %}{% if loop.last %}{% break %}{% endif %}{% else %}e{% endfor %}
{% for i in [1, 2] %}{% for j in [3, 4] %}{{ loop.index }}{{ i }}{{ j }} {% endfor %}{{ loop.index }}{% endfor %} {% for i in [1, 2] %}{% set outer = loop %}{% for j in [3, 4] %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}
{% for i in [1, 2] %}{% for j in [1, 2] %}{% if j == 2 %}{% break %}{% endif %}{{ i }}{{ j }}{% endfor %};{% endfor %}
{% for n in tree recursive %}{{ n.v }}{{ loop.depth }}{% if n.kids %}[{{ loop(n.kids) }}]{% endif %}{% endfor %}
{% for n in list %}{{ loop(list) }}{% endfor %}
{% set x = 1 %}{% for i in list %}{{ x }}{% set x = x + 1 %}{{ x }};{% endfor %}{{ x }}
{% for i in list %}{% set y = i %}{% endfor %}{{ y is defined }} {% for i in list %}{% endfor %}{{ i is defined }} {{ loop is defined }}
{% set ns = namespace(c=0) %}{% for i in list %}{% set ns.c = ns.c + i %}{% endfor %}{{ ns.c }} {% set ns2 = namespace() %}{% set ns2.a = [] %}{% for i in list %}{% set ns2.a = ns2.a + [i] %}{% endfor %}{{ ns2.a }}
{% for i in range(3) %}{% if loop.first %}F{% elif loop.last %}L{% else %}M{% endif %}{% endfor %} {% for i in list | sort %}{{ i }}{{ ',' if not loop.last }}{% endfor %} {% for i in list[::-1] %}{{ i }}{% endfor %} {% for i in range(3, 0, -1) %}{{ i }}{% endfor %}
{% for i in list | map('string') %}{{ loop.length }}{{ loop.revindex }}{{ i }}{{ loop.last }};{% endfor %} {% for i in list | select('gt', 1) %}{{ i }}{{ loop.nextitem }};{% endfor %}
{% for i, j in [(1, 2), (3, 4)] %}{{ loop.previtem }}{{ loop.nextitem }}{% endfor %} {% for i in 1, 2, 3 %}{{ i }}{% endfor %} {% for i in (1, 2) %}{{ i }}{% endfor %} {% for i in [1] + [2] %}{{ i }}{% endfor %} {% for i in list if i is odd %}{{ i }}{% else %}none{% endfor %}
{{ loop.index }}
{% for i in list %}{{ loop.nosuch is defined }}{% endfor %} {% for i in list %}{{ loop }}{% endfor %}
{% for i in list %}{{ loop.cycle() }}{% endfor %}
{% for m in msgs %}{{ loop.previtem.role if loop.previtem is defined }}>{{ m.role }} {% endfor %} {% for m in msgs %}{% if not loop.first and loop.previtem.role == 'user' %}u{% endif %}{% if not loop.last and loop.nextitem.role == 'user' %}U{% endif %}{% endfor %}
{% for x in range(0) %}{% endfor %}{% for x in range(2) %}{% for x in range(2) %}{{ x }}{% endfor %}{{ x }}{% endfor %} {{ range(5) | list }} {{ range(-2, 2) | list }} {{ range(0, 10, 3) | list }} {{ range(3)[1] }}
{{ range() }}
{{ range('a') }}
{{ range(1, 5, 0) }}
{{ range(1000000) | length }}
{% for i in list %}{% macro m() %}{{ loop.index }}{{ i }}{% endmacro %}{{ m() }}{% endfor %} {% macro m2() %}{{ loop is defined }}{% endmacro %}{% for i in list %}{{ m2() }}{% endfor %}
{% for item in tree recursive %}{{ loop.index }}{{ loop(item.kids) if item.kids }}{% if loop.depth > 1 %}d{{ loop.depth }}{% endif %}{% else %}e{% endfor %}
{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.next() }} {% set j = joiner(', ') %}{% for i in list %}{{ j() }}{{ i }}{% endfor %} {% set k = joiner() %}{{ k() }}a{{ k() }}""".split("\n")

PROBES["sets and scopes"] = """\
{% set a = 1 %}{{ a }} {% set a, b = 1, 2 %}{{ a }}{{ b }} {% set (c, d) = (3, 4) %}{{ c }}{{ d }} {% set e = 1, 2 %}{{ e }} {% set f = [] %}{{ f }} {% set g = {'a': 1} %}{{ g.a }} {% set h = 1 if flag else 2 %}{{ h }}
{% set a %}x{{ 1 }}y{% endset %}{{ a }}{{ a | length }} {% set b | upper %}ab{% endset %}{{ b }} {% set c | replace('a', 'b') | trim %} aa {% endset %}{{ c }}| {% set d %}{% set inner = 1 %}{{ inner }}{% endset %}{{ d }}{{ inner is defined }}
{% if flag %}{% set q = 1 %}{% endif %}{{ q }} {% if off %}{% set r = 1 %}{% endif %}{{ r is defined }} {% if off %}{% set n = 99 %}{% endif %}{{ n }} {% if flag %}{% set n = 99 %}{% endif %}{{ n }}
{% set n = n + 1 %}{{ n }} {% set list = list + [4] %}{{ list }} {% set name = name ~ '!' %}{{ name }} {% set user = user | upper %}{{ user }}
{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a is defined }} {% with %}{% set z = 1 %}{{ z }}{% endwith %}{{ z is defined }} {% set a = 5 %}{% with a = 1, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }} {% with n = n + 1 %}{{ n }}{% endwith %}{{ n }}
{% set ns = namespace(a=1) %}{% set ns.b = 2 %}{{ ns.a }}{{ ns.b }}{{ ns['a'] }} {{ ns.zz is defined }} {% set ns = namespace({'x': 1}, y=2) %}{{ ns.x }}{{ ns.y }} {% set ns.x %}block{% endset %}{{ ns.x }}
{% set dict.b = 2 %}
{% set missing.b = 2 %}
{{ namespace(a=1).b.c }}
{% set true = 1 %}
{% set loop = 1 %}{{ loop }}
{% set a.b.c = 1 %}
{% set a[0] = 1 %}
{% set a = %}
{% set %}
{% filter upper %}a{{ 'b' }}{% set fi = 1 %}{% endfilter %}{{ fi is defined }} {% filter replace('a', 'b') | upper %}aab{% endfilter %} {% filter trim %}  x  {% endfilter %}| {% filter indent(2) %}a\\nb{% endfilter %}
{% generation %}x{% set gg = 1 %}{{ gg }}{% endgeneration %}{{ gg is defined }} {% for i in list %}{% generation %}{{ i }}{{ loop.index }}{% endgeneration %}{% endfor %} {% set ns = namespace(a=0) %}{% generation %}{% set ns.a = 1 %}{% endgeneration %}{{ ns.a }}
{% raw %}{{ x }}{% if %}{% endraw %} {%- raw -%} {{ y }} {%- endraw -%} z {% raw %}
 a {% endraw %} b
{{ dict(a=1, b=2) }} {{ dict([('a', 1)]) }} {{ {}.get('x') }} {{ {'a': 1}.items() | list }}
{% set x = namespace(n=none) %}{% if not x.n %}N{% endif %}{% set x.n = 'v' %}{% if x.n %}{{ x.n }}{% endif %} {% set t = (1, 2) %}{% set p, q = t %}{{ q }}{{ p }} {% set p, q = q, p %}{{ p }}{{ q }}
{% set p, q = [1] %}
{% set p, q = 5 %}
{% set x = missing %}{{ x is defined }} {% set x = missing.y %}
{% autoescape false %}{{ '<' }}{% endautoescape %} {% set content = msgs[0].content %}{% set content = content ~ 'x' %}{{ content }} {% set m = msgs[1:] %}{{ m | length }} {% set _ = 1 %}{{ _ }}
{% if missing is not defined %}{% set missing = 'was' %}{% endif %}{{ missing }} {% if not missing2 is defined %}{% set missing2 = false %}{% endif %}{{ missing2 }} {% set tools = tools if tools is defined else none %}{{ tools }}
{% set a = b = 1 %}""".split("\n")
_raw = PROBES["sets and scopes"].index("{% raw %}{{ x }}{% if %}{% endraw %} {%- raw -%} {{ y }} {%- endraw -%} z {% raw %}")
PROBES["sets and scopes"][_raw : _raw + 2] = ["\n".join(PROBES["sets and scopes"][_raw : _raw + 2])]

PROBES["macros"] = """\
{% macro m(a, b='x', c=a) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, 2) }}{{ m(1, c=3) }}{{ m(a=5, b=6) }}{{ m() }}{{ m(b=1) }}
{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, a=3) }}{{ m() }} {% macro k(a) %}{{ kwargs }}{% endmacro %}{{ k(1, b=2) }} {{ m(*[1, 2], **{'z': 3}) }}
{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}{% endmacro %}{{ m(b=2) }}
{% macro m(a) %}{{ a.b }}{% endmacro %}{{ m() }}
{% macro m(a, b=1, c) %}{% endmacro %}
{% macro fact(n) %}{% if n <= 1 %}1{% else %}{{ n * fact(n - 1) | int }}{% endif %}{% endmacro %}{{ fact(5) }} {% macro even(n) %}{% if n == 0 %}e{% else %}{{ odd(n - 1) }}{% endif %}{% endmacro %}{% macro odd(n) %}{% if n == 0 %}o{% else %}{{ even(n - 1) }}{% endif %}{% endmacro %}{{ even(4) }}{{ even(3) }}
{% macro m() %}{{ caller() }}-{{ caller() }}{% endmacro %}{% call m() %}x{{ n }}{% endcall %} {% macro w(t) %}<{{ t }}>{{ caller(1, b=2) }}{% endmacro %}{% call(a, b) w('q') %}{{ a }}{{ b }}{% endcall %} {% macro o() %}{{ caller is defined }}{% if caller %}{{ caller() }}{% endif %}{% endmacro %}{{ o() }}{% call o() %}y{% endcall %}
{% macro m() %}x{% endmacro %}{% call m() %}y{% endcall %}
{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}
{% set v = 1 %}{% macro m() %}{{ v }}{% endmacro %}{% set v = 2 %}{{ m() }} {% macro late() %}{{ lv }}{% endmacro %}{% set lv = 3 %}{{ late() }} {% macro s() %}{% set inside = 1 %}{{ inside }}{% endmacro %}{{ s() }}{{ inside is defined }} {% macro g() %}{{ n }}{% set n = 0 %}{{ n }}{% endmacro %}{{ g() }}{{ n }}
{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}B{% endmacro %}{{ a() }} {{ a() | lower }} {{ a() ~ 'x' }} {{ a() + 'y' }} {{ a()[0] }} {{ (a()) is string }} {% set r = a() %}{{ r }} {{ a().lower() }} {{ a() | trim == 'B' }}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m.name }} {{ m.arguments }} {{ m.catch_kwargs }} {{ m.catch_varargs }} {{ m.caller }} {{ m }} {{ m is callable }} {{ m is defined }}
{% macro outer(x) %}{% macro inner(y) %}{{ x }}{{ y }}{% endmacro %}{{ inner(2) }}{% endmacro %}{{ outer(1) }} {{ inner is defined }}
{% for i in [1, 2] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}{{ m is defined }} {% if flag %}{% macro c() %}C{% endmacro %}{% endif %}{{ c() }}
{% macro m(list) %}{% for i in list %}{{ i }}{% endfor %}{% endmacro %}{{ m([7, 8]) }}{{ m(list=list) }} {% macro d(a=[1], b={'x': 1}, c=none, d=missing) %}{{ a }}{{ b }}{{ c }}{{ d is defined }}{% endmacro %}{{ d() }}
{% macro m(a) -%}   x {{ a }}   {%- endmacro %}|{{ m(1) }}| {% macro p(x, y=n) %}{{ x }}{{ y }}{% endmacro %}{{ p(1) }} {% macro q(x, x2=x ~ 'b') %}{{ x2 }}{% endmacro %}{{ q('a') }}
{% macro m(a, a) %}{% endmacro %}
{% macro m %}{% endmacro %}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m(1, x=2) }}
{% macro m(x) %}{% if x %}{{ m(x[1:]) }}{{ x[0] }}{% endif %}{% endmacro %}{{ m('abc') }} {% macro deep(n) %}{% if n %}{{ deep(n - 1) }}.{% endif %}{% endmacro %}{{ deep(60) }}
{% macro t(x) %}{{ x | tojson }}{% endmacro %}{{ t({'a': 1}) }} {{ [1, 2] | map('string') | map('upper') | list }} {% set ms = namespace(f=1) %}{% macro setter() %}{% set ms.f = 2 %}{% endmacro %}{{ setter() }}{{ ms.f }}""".split("\n")

PROBES["white space"] = [
    "a\n{% if true %}\nb\n{% endif %}\nc\n",
    "  {% if true %}  \n  b\n  {% endif %}  c",
    "a {%- if true -%} b {%- endif -%} c",
    "a\n  {%- if true %}\n b\n{% endif -%}\n  c",
    "  {%+ if true %}x{% endif %}",
    "{% if true +%}\nx{% endif %}",
    "  {{ 1 }}  \n  {{ 2 }}\n",
    "a  {{- 1 -}}  b",
    "a\n{# c #}\nb",
    "a\n   {# c #}   \nb",
    "a {#- c -#} b",
    "a {#+ c +#}\nb",
    "{# a #}{# b\n c #}x",
    "x{#-#}y",
    "a\n\n{%- set x = 1 -%}\n\nb",
    "\n\n{% set x = 1 %}\n\nb",
    "a\r\nb\rc\n{% if true %}\r\nd{% endif %}\r\n",
    "a\n\n",
    "a\n",
    "\n",
    "",
    "   ",
    "{{ 'a\nb' }}\n{{ 1 }}\n",
    "{% for i in [1,2] %}\n  {{ i }}\n{% endfor %}\nend",
    "{% for i in [1,2] -%}\n  {{ i }}\n{%- endfor %}\nend",
    "\t{% if true %}\n\tx\n\t{% endif %}\n",
    "x {% if true %} y {% endif %} z",
    "x\n \u00a0 {% if true %}y{% endif %}",
    "{{ '{{' }}{{ '}}' }}{{ '{%' }}",
    "{ { } } { % { # # }",
    "a { b",
    "a {",
    "{{ {'a': {'b': 1}}['a']['b'] }}",
    "{{{'a': 1}}}",
    "{{ [1,2][0]}}{{[3]}}",
    "{% if true %}{% endif %}\n\n{% if true %}{% endif %}\nx",
    "{% set a %}\n  b\n{% endset %}\n|{{ a }}|",
    "{%if true%}x{%endif%}{{1}}{%-if true-%} y {%-endif-%}",
    "{% raw %}\n  {{ a }}\n{% endraw %}\nb",
    "a\n  {% raw %}x{% endraw %}\n",
    "{%- raw -%}\n  x  \n{%- endraw -%}\n y",
    "a  {{ 1 -}}\n\n  b",
    "  a\n  {%- for i in [1] %}\n  b\n  {%- endfor %}\n  c",
    "{{ 1 }}\n  {% if true %}\n  x {% endif %}\ny",
    "{{ 1\n}}{% if\ntrue\n%}a{% endif %}",
    "a{{ 1 }}\n{% if true %}b{% endif %}\n",
    "x\n{%- if true +%}\ny{% endif %}",
    "{{- 1 }}{{ 2 -}} \n {{- 3 -}} ",
    "a \\n b {{ 'x\\ty' }}",
    "{#\n#}\n{#\n#}x",
    "{% macro m() %}\n  x\n{% endmacro %}\n{{ m() }}|",
]

PROBES["faults"] = [
    "{{ 1 +}}",
    "{{ }}",
    "{{ (1 }}",
    "{{ 1) }}",
    "{{ [1 }}",
    "{{ 'abc }}",
    "{{ a b }}",
    "{{ a. }}",
    "{{ a | }}",
    "{{ a is }}",
    "{{ 1abc }}",
    "{{ $ }}",
    "{{ a ? b }}",
    "{% if %}{% endif %}",
    "{% if true %}",
    "{% if true %}{% endfor %}",
    "{% endif %}",
    "{% else %}",
    "{% for i in list %}",
    "{% for in list %}{% endfor %}",
    "{% for i list %}{% endfor %}",
    "{% for 1 in list %}{% endfor %}",
    "{% nosuch %}",
    "{% set 1 = 2 %}",
    "{% break %}",
    "{% continue %}",
    "{% for i in list %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}",
    "{% if true %}a{% else %}b{% else %}c{% endif %}",
    "{{ 1 }",
    "{% if true }",
    "{# open",
    "{% raw %}x",
    "{{ m(a=1, 2) }}",
    "{{ {1} }}",
    "{{ {'a' 1} }}",
    "{{ a.b. }}",
    "{{ a[ }}",
    "{{ a[] }}",
    "{{ '\\xZZ' }}",
    "{{ '\\N{NO SUCH CHARACTER}' }}",
    "{% macro 1() %}{% endmacro %}",
    "{% call 1 %}{% endcall %}",
    "{% filter nosuch %}{% endfilter %}",
    "{% set a = 1 b %}",
    "{{ not }}",
    "{{ raise_exception('stop') }}",
    "{{ raise_exception('stop ' ~ n) }}",
    "{% if off %}{{ raise_exception('no') }}{% endif %}ok",
    "{{ raise_exception() }}",
    "{{ strftime_now('%d %b %Y %H:%M:%S %A %a %B %m %y %j %p %I %% %e') }}",
    "{{ strftime_now('%Y-%m-%d') }} {{ strftime_now('%-d/%-m') }} {{ strftime_now('%U %W %w %u %V %G') }} {{ strftime_now('%F %T %D %R') }} {{ strftime_now('%c|%x|%X') }} {{ strftime_now('[%Z%z]') }}",
    "{{ strftime_now() }}",
    "{{ range.__class__ }}|{{ cycler.__init__.__globals__ }}",
    "{{ ''.format.__self__ }}|",
    "{{ '{0.__class__}'.format('a') }}|",
    "{{ undefined_function is defined }}",
    "{{ undefined_function() if undefined_function is defined else 'none' }}",
]
