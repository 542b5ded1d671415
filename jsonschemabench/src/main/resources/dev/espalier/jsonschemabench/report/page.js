(function () {
  'use strict';

  var root = document.documentElement;
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var PAPER_WIDTH = 720;

  function plain(number) {
    return String(+number.toPrecision(3));
  }

  function nanos(value) {
    if (value < 1e3) { return plain(value) + ' ns'; }
    if (value < 1e6) { return plain(value / 1e3) + ' µs'; }
    if (value < 1e9) { return plain(value / 1e6) + ' ms'; }
    return plain(value / 1e9) + ' s';
  }

  function bytes(value) {
    if (value < 1e3) { return plain(value) + ' B'; }
    if (value < 1e6) { return plain(value / 1e3) + ' kB'; }
    return plain(value / 1e6) + ' MB';
  }

  function share(value) {
    return plain(value * 100) + ' %';
  }

  function text(value) { // tooltips are HTML
    return echarts.format.encodeHTML(String(value));
  }

  var functions = {
    plain: plain,
    nanos: nanos,
    bytes: bytes,
    share: share,
    exceedance: function (point) {
      return text(point.seriesName) + '<br>' + share(point.value[1]) + ' took ' + nanos(point.value[0]) + ' or longer';
    },
    measured: function (point) {
      return text(point.seriesName) + '<br>' + plain(point.value[1]) + ' at ' + plain(point.value[0]);
    },
    point: function (point) {
      return text(point.value[2]) + '<br>' + bytes(point.value[0]) + ', ' + nanos(point.value[1]);
    },
    shares: function (points) {
      return points.reduce(function (lines, point) {
        return point.data.count === 0 ? lines : lines + '<br>' + point.marker + text(point.seriesName) + ' '
          + point.data.count + ' (' + plain(point.data.value) + ' %)';
      }, text(points[0].axisValue));
    }
  };

  var COLOURS = ['good', 'fine', 'bad', 'doubt', 'worse', 'muted'];

  function grid(right, top, bottom) {
    return { left: 8, right: right, top: top, bottom: bottom, containLabel: true };
  }

  function bars(chart) {
    var stacked = chart.kind === 'shares';
    var option = {
      grid: grid(56, 40, 24),
      tooltip: stacked ? { trigger: 'axis', formatter: 'fn:shares' } : {},
      xAxis: stacked ? { type: 'value', max: 100, axisLabel: { formatter: '{value} %' } } : { type: 'value', minInterval: 1 },
      yAxis: {
        type: 'category', inverse: true, data: chart.frame.categories, axisLabel: { width: 190, overflow: 'truncate' }
      },
      series: chart.series.map(function (series) {
        var shown = stacked ? { stack: 'all' } : { label: { show: true, position: 'right', color: 'var:ink' } };
        return Object.assign({
          type: 'bar', name: series.name, barMaxWidth: 16, itemStyle: { color: 'var:' + series.style }, data: series.points
        }, shown);
      })
    };
    return stacked ? Object.assign(option, { legend: { top: 4, left: 0 } }) : option;
  }

  // what charts begin with that have a named axis below
  function framed(top, type, name, formatter, more) {
    return Object.assign({
      grid: grid(24, top, 32),
      legend: { top: 4, left: 0 },
      xAxis: { type: type, name: name, nameLocation: 'middle', nameGap: 28, axisLabel: { formatter: formatter } }
    }, more);
  }

  function lineStyled(series, more) {
    return Object.assign({
      type: 'line', name: series.name, itemStyle: { color: 'var:' + COLOURS[series.style % 6] }, data: series.points
    }, more);
  }

  var kinds = {
    shares: bars,
    counts: bars,
    times: function (chart) {
      return framed(48, 'log', 'this long or longer', 'fn:nanos', {
        tooltip: { trigger: 'item', formatter: 'fn:exceedance' },
        yAxis: { type: 'log', min: chart.frame.least, max: 1, axisLabel: { formatter: 'fn:share' } },
        series: chart.series.map(function (series) {
          var dash = ['solid', 'dashed', 'dotted'][series.style % 3];
          return lineStyled(series, { symbol: 'circle', symbolSize: 3, lineStyle: { width: 2, type: dash } });
        })
      });
    },
    sizes: function (chart) {
      return framed(48, 'log', 'schema', 'fn:bytes', {
        tooltip: { formatter: 'fn:point' },
        yAxis: { type: 'log', axisLabel: { formatter: 'fn:nanos' } },
        series: chart.series.map(function (series) {
          return {
            type: 'scatter', name: series.name, symbolSize: 5, data: series.points,
            itemStyle: { color: 'var:' + series.style, opacity: 0.55 }
          };
        })
      });
    },
    lines: function (chart) {
      var frame = chart.frame;
      return framed(112, frame.log_across ? 'log' : 'value', frame.across, 'fn:plain', {
        tooltip: { trigger: 'item', formatter: 'fn:measured' },
        yAxis: { type: frame.log_upward ? 'log' : 'value', name: frame.upward, axisLabel: { formatter: 'fn:plain' } },
        series: chart.series.map(function (series) {
          if (series.errors) {
            return lineStyled(series, { symbol: 'none', silent: true, lineStyle: { width: 1 } });
          }
          var turn = Math.floor(series.style / COLOURS.length) % 3;
          return lineStyled(series, {
            symbol: ['circle', 'triangle', 'rect'][turn],
            symbolSize: frame.log_across ? 7 : 0,
            lineStyle: { width: 2, type: ['solid', 'dashed', 'dotted'][turn] }
          });
        })
      });
    }
  };

  function colour(name) {
    return getComputedStyle(root).getPropertyValue('--' + name).trim();
  }

  function resolved(value) {
    if (typeof value === 'string') {
      if (value.indexOf('var:') === 0) { return colour(value.slice(4)); }
      return value.indexOf('fn:') === 0 ? functions[value.slice(3)] : value;
    }
    if (value === null || typeof value !== 'object') { return value; }
    if (Array.isArray(value)) {
      return typeof value[0] === 'number' ? value : value.map(resolved);
    }
    return Object.keys(value).reduce(function (copy, key) {
      copy[key] = key === 'data' && typeof value[key][0] === 'string' ? value[key] : resolved(value[key]);
      return copy;
    }, {});
  }

  function theme() {
    var ink = colour('ink');
    var axis = {
      axisLine: { lineStyle: { color: colour('line') } },
      axisTick: { lineStyle: { color: colour('line') } },
      axisLabel: { color: ink },
      nameTextStyle: { color: colour('faint') },
      splitLine: { lineStyle: { color: colour('line'), opacity: 0.6 } }
    };
    return {
      backgroundColor: 'transparent',
      textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
      legend: { textStyle: { color: ink } },
      tooltip: { backgroundColor: colour('card'), borderColor: colour('line'), textStyle: { color: ink }, confine: true },
      categoryAxis: Object.assign({}, axis, { splitLine: { show: false } }),
      valueAxis: axis,
      logAxis: axis
    };
  }

  var charts = Array.prototype.map.call(document.querySelectorAll('.chart'), function (place) {
    return { place: place, drawing: JSON.parse(place.nextElementSibling.textContent), shown: null };
  });

  function option(chart) {
    return Object.assign({ animation: false }, resolved(kinds[chart.drawing.kind](chart.drawing)));
  }

  function clear(chart) {
    if (chart.shown) {
      chart.shown.dispose();
      chart.shown = null;
    }
    chart.place.textContent = '';
  }

  function onScreen() {
    charts.forEach(function (chart) {
      clear(chart);
      chart.place.style.height = chart.place.dataset.height || chart.place.style.height;
      chart.shown = echarts.init(chart.place, theme(), { renderer: 'svg' });
      chart.shown.setOption(option(chart));
    });
  }

  function onPaper() { // drawings of a fixed width that the page scales
    root.classList.add('printing');
    charts.forEach(function (chart) {
      clear(chart);
      var height = parseInt(chart.place.style.height, 10);
      chart.place.dataset.height = height + 'px';
      var drawing = echarts.init(null, theme(), { renderer: 'svg', ssr: true, width: PAPER_WIDTH, height: height });
      drawing.setOption(option(chart));
      chart.place.innerHTML = drawing.renderToSVGString();
      chart.place.style.height = 'auto';
      drawing.dispose();
    });
  }

  if (charts.length > 0) {
    onScreen();
    dark.addEventListener('change', onScreen);
    window.addEventListener('resize', function () {
      charts.forEach(function (chart) { if (chart.shown) { chart.shown.resize(); } });
    });
  }
  window.addEventListener('beforeprint', onPaper);
  window.addEventListener('afterprint', function () {
    root.classList.remove('printing');
    onScreen();
  });
}());
