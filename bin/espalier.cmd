@echo off
rem Starts Espalier's command line on Windows, from an unpacked release.
rem
rem   JAVA_HOME              the Java to use (17 or later); else the java on the PATH
rem   ESPALIER_JAVA_OPTIONS  more options for the Java machine, for example -Xmx4g
setlocal
set "ROOT=%~dp0.."
if not exist "%ROOT%\lib" (
  echo espalier: there is no folder lib beside bin: unpack a release, or build with mvn -Pdist -pl cli -am -DskipTests package 1>&2
  exit /b 3
)
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
for %%J in ("%ROOT%\lib\espalier-cli-*.jar") do set "JAR=%%~fJ"
"%JAVA%" -Xshare:auto -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dai.djl.offline=true -DOPT_OUT_TRACKING=true -Dslf4j.internal.verbosity=ERROR -Dfile.encoding=UTF-8 %ESPALIER_JAVA_OPTIONS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
