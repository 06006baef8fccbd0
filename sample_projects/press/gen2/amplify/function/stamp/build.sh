mkdir -p dist
cp src/stamp.sh dist/
cp src/bootstrap.sh dist/bootstrap
chmod 755 dist/bootstrap
