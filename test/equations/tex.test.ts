import test from 'ava';
import { num } from '../../src/equations/expression.js';
import { parse, parseAssignment } from '../../src/equations/parse.js';
import { equationsTex, tex } from '../../src/equations/tex.js';

test('expressions as TeX: Greek names, indices, fractions, powers, brackets where they are needed', (t) => {
  for (const [text, formula] of [
    ['tau * u + x', '\\tau \\, u + x'],
    ['tau0 + g_t + theta_max_1', '\\tau_{0} + g_{t} + \\theta_{max\\_1}'],
    ['leak', '\\mathrm{leak}'],
    ['(a + b) / (c - 1)', '\\frac{a + b}{c - 1}'],
    ['(a / b)^(c + 1)', '{\\left(\\frac{a}{b}\\right)}^{c + 1}'],
    ['-a^2', '-{a}^{2}'],
    ['a - (b - c)', 'a - \\left(b - c\\right)'],
    ['a * 2', 'a \\cdot 2'],
    ['1e-7', '1 \\cdot 10^{-7}'],
    ['2 * pi', '2 \\, \\pi'],
    ['abs(a) + sqrt(b)', '\\left|a\\right| + \\sqrt{b}'],
    ['exp(-a)', 'e^{-a}'],
    ['sigmoid(w)', '\\sigma\\left(w\\right)'],
    ['spike(v - theta)', '\\Theta\\left(v - \\theta\\right)'],
    ['tanh(a)', '\\operatorname{tanh}\\left(a\\right)'],
    ['min(a, b)', '\\operatorname{min}\\left(a, b\\right)'],
    ['where(a <= b, a, 0)', '\\begin{cases}a & \\text{if } a \\le b\\\\ 0 & \\text{otherwise}\\end{cases}'],
  ])
    t.is(tex(parse(text)), formula);
  t.is(tex(num(-2)), '-2');
});

test('equations stand below each other; derived names have their signs', (t) => {
  t.is(
    equationsTex([parseAssignment('a = b'), parseAssignment('c = a')]),
    '$$\n\\begin{aligned}\na &= b \\\\\nc &= a\n\\end{aligned}\n$$',
  );
  for (const [name, formula] of [
    ['∂v', '\\bar{v}'],
    ['∂⁺theta', '\\bar{\\theta}^{+}'],
    ['∂↑o', 'g_{o}'],
    ['u[t-1]', '{u}_{t-1}'],
    ['∂u[t-1]', '{\\bar{u}}_{t-1}'],
    ['g_t[t-1]', '{g_{t}}_{t-1}'],
  ])
    t.is(tex({ kind: 'name', name, at: -1 }), formula);
});
